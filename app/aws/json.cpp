// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/json.h"

#include <QStringDecoder>

namespace optout {

namespace {
//! A parser takes some ten times the size of its largest body and keeps it. Pages are about 20 KB.
constexpr qsizetype keptForNextBytes = 256 * 1024;
} // namespace

JsonBody::JsonBody(const QByteArray &body)
{
    thread_local simdjson::dom::parser reused;
    simdjson::dom::parser &parser = body.size() > keptForNextBytes ? m_large : reused;
    // The parser copies into its own memory: simdjson reads past the end, and the body has no padding.
    m_error = parser.parse(body.constData(), std::size_t(body.size())).get(m_root);
}

QString toQString(std::string_view text)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return decoder(QByteArrayView(text.data(), qsizetype(text.size())));
}

} // namespace optout
