// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

class QUrl;

namespace optout {

//! Whether a container's keys may be fetched from there: over TLS from anywhere; in the clear from this computer and
//! from the addresses where ECS and EKS agents listen. (botocore.utils, ContainerMetadataFetcher; AWS SDKs and Tools
//! Reference Guide, "Container credential provider".)
bool mayServeContainers(const QUrl &url);

} // namespace optout
