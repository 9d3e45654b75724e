// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

// Empty on purpose: a static library needs one source file, and the resources travel beside it (see CMakeLists.txt).
