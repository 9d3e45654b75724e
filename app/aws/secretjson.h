// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/secret.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringList>

#include <initializer_list>
#include <memory>
#include <optional>
#include <string_view>

namespace optout {

//! A JSON object that holds keys or tokens: checked whole (UTF-8, structure, what follows the end), read, and
//! overwritten when it is dropped, with everything that was copied out of it on the way. Any thread. At most 64 KiB:
//! a longer text is no object.
class SecretJson final {
public:
    //! The way to a member: { "roleCredentials", "accessKeyId" }.
    using Path = std::initializer_list<std::string_view>;

    explicit SecretJson(QByteArrayView text);
    ~SecretJson();
    Q_DISABLE_COPY_MOVE(SecretJson)

    //! Why it cannot be used, "is not JSON" or "is no JSON object", or an empty text.
    QString problem() const;

    //! Absent if there is no such member or it is no text.
    std::optional<QString> text(Path path) const;
    //! Empty as text() is absent.
    Secret secret(Path path) const;
    //! A number without a fraction, also when it is written as 1.7e12.
    std::optional<qint64> integer(Path path) const;
    std::optional<double> number(Path path) const;
    //! Empty if it is no array of texts.
    QStringList texts(Path path) const;
    bool has(Path path) const; //!< something other than null

    //! The members of the outermost object that are not named, as JSON, each after a comma: `,"a":1,"b":{"c":2}`.
    Secret others(std::initializer_list<std::string_view> known) const;

    static constexpr qsizetype limitBytes = 64 * 1024;

private:
    class Private;
    std::unique_ptr<Private> d;
};

//! Writes a flat JSON object of texts, in ASCII, without growing the buffer that holds it: a buffer that is grown
//! leaves its old contents behind.
class SecretJsonWriter final {
public:
    //! \param sizeBytes of all texts together; six times that is set aside, for the escapes
    explicit SecretJsonWriter(qsizetype sizeBytes);

    void add(const char *name, QStringView value);
    void add(const char *name, const Secret &value);
    void add(const char *name, const QStringList &values);
    //! As SecretJson::others() gives them.
    void addOthers(const Secret &members);
    Secret finish();

private:
    void begin(const char *name);

    QByteArray m_text;
};

//! The text as a JSON string in ASCII, quoted, as Python's json.dumps() writes it.
QByteArray jsonQuoted(QStringView text);

} // namespace optout
