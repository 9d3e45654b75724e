// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "signin/sourcebase.h"

namespace optout {

//! Keys that are written down.
class StaticKeysSource final : public SourceBase {
    Q_OBJECT
public:
    StaticKeysSource(const SignInStep &step, const StaticKeysStep &how, const SourceParts &parts, QObject *parent);
    void start() override;

private:
    Credentials m_keys;
};

} // namespace optout
