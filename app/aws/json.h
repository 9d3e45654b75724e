// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <simdjson.h>

#include <string_view>

namespace optout {

//! A body read as JSON. Private to this library: simdjson's header is large.
//!
//! The DOM form is taken because it checks the whole body before a member is looked at: UTF-8, structure, depth (1024)
//! and what follows the end, in members nobody asks for too. The on-demand form passes over those unchecked.
//! Price: a number beyond 64 bits or the range of a double is refused wherever it stands.
class JsonBody final {
public:
    explicit JsonBody(const QByteArray &body);
    Q_DISABLE_COPY_MOVE(JsonBody)

    //! SUCCESS, or why the body is no JSON.
    simdjson::error_code error() const { return m_error; }
    //! Only when error() is SUCCESS, as long as this object lives and no other is made on the same thread.
    simdjson::dom::element root() const { return m_root; }

private:
    simdjson::dom::parser m_large; //!< holds no memory unless the body is too large to keep its memory for the next
    simdjson::dom::element m_root {};
    simdjson::error_code m_error = simdjson::UNINITIALIZED;
};

//! UTF-8 that simdjson has checked. Not QString::fromUtf8(): that drops a U+FEFF at the start, and a token or a name is
//! to be handed back as it came.
QString toQString(std::string_view text);

} // namespace optout
