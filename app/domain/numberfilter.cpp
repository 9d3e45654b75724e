// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "domain/numberfilter.h"

#include <algorithm>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

char lowered(char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; }

std::string comparable(std::string_view number)
{
    if (number.starts_with('+'))
        number.remove_prefix(1);
    std::string out(number);
    std::transform(out.begin(), out.end(), out.begin(), lowered);
    return out;
}

// The usual greedy match: remember the last star and, on a mismatch, let it take one character more.
bool wildcardMatches(std::string_view pattern, std::string_view text)
{
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;
    std::size_t resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

} // namespace

Result<NumberPattern> NumberPattern::parse(QStringView text)
{
    if (text.size() > longest)
        return Error { .kind = Error::Kind::InvalidInput,
            .detail = u"The number filter is longer than %1 characters."_s.arg(longest) };
    const bool hasLetter = std::any_of(text.begin(), text.end(), [](QChar c) { return c.isLetter(); });
    NumberPattern out;
    if (hasLetter) {
        out.m_kind = Kind::Substring;
        out.m_needle = comparable(text.trimmed().toUtf8().toStdString());
        return out;
    }
    QString bare = withoutPhonePunctuation(text);
    const bool plus = bare.startsWith(u'+');
    if (plus)
        bare.remove(0, 1);
    const auto refused = std::find_if(
        bare.cbegin(), bare.cend(), [](QChar c) { return !((c >= u'0' && c <= u'9') || c == u'*' || c == u'?'); });
    if (refused != bare.cend())
        return Error { .kind = Error::Kind::InvalidInput,
            .detail = u"The number filter takes digits, a leading +, * and ?; it cannot take \"%1\"."_s.arg(*refused) };
    out.m_needle = bare.toLatin1().toStdString();
    if (bare.contains(u'*') || bare.contains(u'?'))
        out.m_kind = Kind::Wildcard;
    else if (bare.isEmpty())
        out.m_kind = Kind::Everything;
    else
        out.m_kind = plus ? Kind::Prefix : Kind::Substring;
    return out;
}

bool NumberPattern::looksForText() const
{
    return std::any_of(
        m_needle.begin(), m_needle.end(), [](char c) { return !(c >= '0' && c <= '9') && c != '*' && c != '?'; });
}

bool NumberPattern::matches(std::string_view number) const
{
    if (m_kind == Kind::Everything)
        return true;
    const std::string text = comparable(number);
    switch (m_kind) {
    case Kind::Everything:
        return true;
    case Kind::Prefix:
        return std::string_view(text).starts_with(m_needle);
    case Kind::Substring:
        return std::string_view(text).find(m_needle) != std::string_view::npos;
    case Kind::Wildcard:
        return wildcardMatches(m_needle, text);
    }
    return false;
}

std::optional<NumberPattern::Place> NumberPattern::placeIn(std::string_view number) const
{
    if (!matches(number))
        return std::nullopt;
    const std::size_t plus = number.starts_with('+') ? 1 : 0;
    switch (m_kind) {
    case Kind::Everything:
        break;
    case Kind::Prefix:
        return Place { 0, plus + m_needle.size() };
    case Kind::Substring:
        return Place { plus + comparable(number).find(m_needle), m_needle.size() };
    case Kind::Wildcard:
        return Place { 0, number.size() };
    }
    return Place {};
}

// Member by member: comparing with a filter made on the spot has GCC 12 warn of an optional it thinks uninitialised.
bool NumberFilter::passesEverything() const
{
    return by == OptedOutBy::Anyone && number == NumberPattern {} && !from && !until;
}

bool NumberFilter::matches(const OptedOutNumber &row) const
{
    if (by != OptedOutBy::Anyone && row.endUserOptedOut != (by == OptedOutBy::EndUser))
        return false;
    if ((from || until) && !row.optedOutAt)
        return false;
    if ((from && *row.optedOutAt < *from) || (until && *row.optedOutAt >= *until))
        return false;
    return number.matches(row.number);
}

} // namespace optout
