// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/commandline.h"

#include "profile/pythontext.h"

#include <optional>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

Error invalid(const QString &detail) { return { .kind = Error::Kind::InvalidInput, .detail = detail }; }

Result<QStringList> checked(const QStringList &words)
{
    if (words.isEmpty() || words.first().isEmpty())
        return invalid(u"The command names no program."_s);
    return words;
}

//! A word that is being put together; an empty one counts once it had quotes.
class Word {
public:
    void add(QChar c) { m_text = m_text.value_or(QString()) + c; }
    void begin() { m_text = m_text.value_or(QString()); }
    void endInto(QStringList &words)
    {
        if (m_text)
            words += *m_text;
        m_text.reset();
    }

private:
    std::optional<QString> m_text {};
};

} // namespace

Result<QStringList> splitPosixCommand(const QString &command)
{
    if (command.contains(QChar()))
        return invalid(u"The command holds a NUL character."_s);
    const std::optional<QStringList> words = shellWords(command);
    if (!words)
        return invalid(u"The command has an open quote, or a backslash at its end."_s);
    return checked(*words);
}

Result<QStringList> splitWindowsCommand(const QString &command)
{
    QStringList words;
    Word word;
    bool isQuoted = false;
    int backslashes = 0;
    const auto flush = [&word, &backslashes](int count) {
        for (int i = 0; i < count; ++i)
            word.add(u'\\');
        backslashes = 0;
    };
    for (const QChar c : command) {
        if (c.isNull())
            return invalid(u"The command holds a NUL character."_s);
        if (c == u'\\') {
            ++backslashes;
        } else if (c == u'"') {
            const bool isEscaped = backslashes % 2 == 1;
            flush(backslashes / 2);
            if (isEscaped) {
                word.add(c);
            } else {
                isQuoted = !isQuoted;
                word.begin();
            }
        } else if ((c == u' ' || c == u'\t') && !isQuoted) {
            flush(backslashes);
            word.endInto(words);
        } else {
            flush(backslashes);
            word.add(c);
        }
    }
    if (isQuoted)
        return invalid(u"The command has an open quote (\")."_s);
    flush(backslashes);
    word.endInto(words);
    return checked(words);
}

Result<QStringList> splitCommand(const QString &command)
{
#ifdef Q_OS_WIN
    return splitWindowsCommand(command);
#else
    return splitPosixCommand(command);
#endif
}

} // namespace optout
