// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/pagetext.h"

#include <QStringDecoder>

#include <array>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype lookedAtBytes = 64 * 1024;

QString decoded(const QByteArray &body)
{
    const QByteArrayView start = QByteArrayView(body).first(std::min(body.size(), lookedAtBytes));
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Default);
    QString out = utf8(start); // stateful: a character that the cut divides is left out and is no error
    return utf8.hasError() ? QString::fromLatin1(start) : out;
}

//! Where what begins with '<' at \a from ends; the size of the text if it never does. Whole comments, scripts and
//! styles are one piece.
qsizetype endOfMarkup(QStringView text, qsizetype from)
{
    struct Piece {
        QStringView begin;
        QStringView end;
    };
    static constexpr std::array<Piece, 3> pieces { { { u"<!--", u"-->" }, { u"<script", u"</script" },
        { u"<style", u"</style" } } };
    for (const Piece &piece : pieces) {
        if (!text.sliced(from).startsWith(piece.begin, Qt::CaseInsensitive))
            continue;
        from = text.indexOf(piece.end, from + piece.begin.size(), Qt::CaseInsensitive);
        if (from < 0)
            return text.size();
        break;
    }
    const qsizetype close = text.indexOf(u'>', from);
    return close < 0 ? text.size() : close + 1;
}

bool beginsMarkup(QStringView text, qsizetype at)
{
    if (text[at] != u'<' || at + 1 >= text.size())
        return false;
    const QChar next = text[at + 1];
    return next.isLetter() || next == u'/' || next == u'!' || next == u'?';
}

} // namespace

QString pageText(const QByteArray &body, qsizetype limit)
{
    const QString whole = decoded(body);
    QString out;
    for (qsizetype i = 0; i < whole.size();) {
        if (beginsMarkup(whole, i)) {
            out += u' ';
            i = endOfMarkup(whole, i);
            continue;
        }
        out += whole[i].isPrint() || whole[i].isSurrogate() ? whole[i] : u' ';
        ++i;
    }
    // The few entities that pages of proxies use; the ampersand last, so that "&amp;lt;" stays "&lt;".
    out.replace("&nbsp;"_L1, " "_L1).replace("&lt;"_L1, "<"_L1).replace("&gt;"_L1, ">"_L1);
    out.replace("&quot;"_L1, "\""_L1).replace("&#39;"_L1, "'"_L1).replace("&amp;"_L1, "&"_L1);
    out = out.simplified();
    if (out.size() > limit) {
        out.truncate(limit);
        if (out.back().isHighSurrogate())
            out.chop(1);
    }
    return out;
}

} // namespace optout
