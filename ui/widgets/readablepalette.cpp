// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/readablepalette.h"

#include <cmath>

namespace optout {

namespace {

constexpr double leastContrast = 2.5;
constexpr float quiet = 0.6F;

// What is seen of a colour with some transparency on that ground.
QColor on(const QColor &ground, const QColor &colour)
{
    const auto mix = [alpha = colour.alphaF()](
                         float above, float below) { return above * alpha + below * (1 - alpha); };
    return QColor::fromRgbF(
        mix(colour.redF(), ground.redF()), mix(colour.greenF(), ground.greenF()), mix(colour.blueF(), ground.blueF()));
}

double luminance(const QColor &colour)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(double(colour.redF())) + 0.7152 * linear(double(colour.greenF()))
        + 0.0722 * linear(double(colour.blueF()));
}

//! (WCAG 2.1, "contrast ratio": 1 to 21.)
double contrast(const QColor &one, const QColor &other)
{
    const double a = luminance(one) + 0.05;
    const double b = luminance(other) + 0.05;
    return a > b ? a / b : b / a;
}

} // namespace

std::optional<QPalette> withReadablePlaceholders(const QPalette &platform)
{
    const QColor ground = platform.color(QPalette::Active, QPalette::Base);
    const QColor text = platform.color(QPalette::Active, QPalette::Text);
    if (contrast(on(ground, platform.color(QPalette::Active, QPalette::PlaceholderText)), ground) >= leastContrast)
        return {};
    QColor placeholder = text;
    placeholder.setAlphaF(quiet);
    QPalette mended; // only this role: the rest goes on following the platform
    mended.setColor(QPalette::PlaceholderText, placeholder);
    return mended;
}

} // namespace optout
