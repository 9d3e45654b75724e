# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""What packaging/bench compares, how it measures, and how it tells the figures."""
