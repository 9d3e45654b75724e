// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QStringView>

namespace optout {

//! Whether that host of a URL is this computer. Names are not looked up, so of names only "localhost" counts; of
//! addresses, 127.0.0.0/8 (also as ::ffff:127.0.0.1) and ::1. In the form that QUrl brings hosts into.
bool isLoopbackHost(QStringView host);

} // namespace optout
