// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "profile/pythontext.h"

namespace optout {

bool isPythonSpace(QChar c) noexcept { return c.isSpace() || (c.unicode() >= 0x1c && c.unicode() <= 0x1f); }

QStringView stripped(QStringView text) noexcept
{
    qsizetype from = 0;
    qsizetype to = text.size();
    while (from < to && isPythonSpace(text[from]))
        ++from;
    while (to > from && isPythonSpace(text[to - 1]))
        --to;
    return text.sliced(from, to - from);
}

namespace {

bool endsLine(QChar c) noexcept
{
    const char16_t code = c.unicode();
    return (code >= 0x0a && code <= 0x0d) || (code >= 0x1c && code <= 0x1e) || code == 0x85 || code == 0x2028
        || code == 0x2029;
}

//! The states of shlex: between words, in a word, in quotes; a backslash remembers where it stood.
class WordReader {
public:
    std::optional<QStringList> read(QStringView text)
    {
        for (const QChar c : text)
            take(c);
        if (m_escaped || !m_quote.isNull())
            return std::nullopt;
        endWord();
        return m_words;
    }

private:
    void take(QChar c)
    {
        if (m_escaped) {
            // Within quotes a backslash only counts before that quote or another backslash.
            if (!m_quote.isNull() && c != u'\\' && c != m_quote)
                m_word += u'\\';
            m_word += c;
            m_escaped = false;
        } else if (c == u'\\' && m_quote != u'\'') {
            m_escaped = m_inWord = true;
        } else if (!m_quote.isNull()) {
            if (c == m_quote)
                m_quote = QChar();
            else
                m_word += c;
        } else if (c == u' ' || c == u'\t' || c == u'\r' || c == u'\n') {
            endWord();
        } else {
            m_inWord = true;
            if (c == u'"' || c == u'\'')
                m_quote = c;
            else
                m_word += c;
        }
    }

    void endWord()
    {
        if (m_inWord)
            m_words += m_word;
        m_word.clear();
        m_inWord = false;
    }

    QStringList m_words {};
    QString m_word {};
    QChar m_quote {}; //!< null outside of quotes
    bool m_inWord = false; //!< also for a word of nothing but quotes
    bool m_escaped = false;
};

} // namespace

QList<QStringView> splitLines(QStringView text)
{
    QList<QStringView> lines;
    qsizetype start = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!endsLine(text[i]))
            continue;
        lines.append(text.sliced(start, i - start));
        if (text[i] == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n')
            ++i;
        start = i + 1;
    }
    if (start < text.size())
        lines.append(text.sliced(start));
    return lines;
}

std::optional<QStringList> shellWords(QStringView text) { return WordReader().read(text); }

} // namespace optout
