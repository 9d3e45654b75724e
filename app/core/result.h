// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

#include <chrono>
#include <optional>
#include <utility>
#include <variant>

namespace optout {

//! Why something could not be done. The kind tells the caller what can be done about it; the wording for people is made
//! of it in ui/text and cli.
struct Error {
    enum class Kind {
        Internal, //!< a defect of this program
        InvalidInput, //!< the caller's input breaks a documented limit; nothing was sent
        NoCredentials, //!< no keys, expired keys, or keys the service does not know
        AccessDenied, //!< the service knows the caller and refuses
        NotFound, //!< the named list or number does not exist
        Throttled, //!< over the quota; the same call may pass later
        ServiceFault, //!< the service failed; the same call may pass later
        Network, //!< no connection, or it was lost
        Timeout, //!< no answer in time
        BadResponse, //!< an answer that cannot be understood, or that cannot be true
        Storage, //!< disk or keychain
        Cancelled, //!< the user or the owner asked to stop
    };

    //! A named member of the service's error, such as Reason or ResourceType, as the service wrote it.
    struct Member {
        QString name;
        QString value;
        bool operator==(const Member &) const = default;
    };

    Kind kind = Kind::Internal;
    QString code {}; //!< as the service wrote it ("ThrottlingException"), or empty
    QString detail {}; //!< one English sentence or more: what happened, to which thing; holds no secret
    QString requestId {}; //!< the service's x-amzn-RequestId, or empty
    QList<Member> members {}; //!< all further members of the service's error, in the order they came
    std::optional<std::chrono::milliseconds> retryAfter {}; //!< set only if the service said so
    //! Whatever the kind: nothing may try again by itself, because that would ask a person or run a program again.
    bool isFinal = false;

    //! The value of the first member of that name, or an empty text.
    QString member(QStringView name) const
    {
        for (const Member &m : members) {
            if (m.name == name)
                return m.value;
        }
        return {};
    }

    bool operator==(const Error &) const = default;
};

//! Stands for "it worked, and there is nothing to hand back".
struct Done {
    bool operator==(const Done &) const = default;
};

//! A value or the Error that stands in its place: a subset of std::expected under the same names, to become an alias of
//! it when the project moves to C++23.
template <typename T> class [[nodiscard]] Result {
public:
    Result()
        : m_state(Error {})
    {
    } // QVariant and QSignalSpy of Qt 6.4 need a default
    Result(T value) // NOLINT(google-explicit-constructor): `return value;` is the point
        : m_state(std::move(value))
    {
    }
    Result(Error error) // NOLINT(google-explicit-constructor): `return Error {...};` is the point
        : m_state(std::move(error))
    {
    }

    bool has_value() const noexcept { return std::holds_alternative<T>(m_state); }
    explicit operator bool() const noexcept { return has_value(); }

    //! The value; only when has_value().
    const T &operator*() const & { return std::get<T>(m_state); }
    T &operator*() & { return std::get<T>(m_state); }
    T &&operator*() && { return std::get<T>(std::move(m_state)); }
    const T *operator->() const { return &std::get<T>(m_state); }
    T *operator->() { return &std::get<T>(m_state); }

    //! The error; only when not has_value().
    const Error &error() const { return std::get<Error>(m_state); }

private:
    std::variant<T, Error> m_state;
};

} // namespace optout

Q_DECLARE_METATYPE(optout::Error)
Q_DECLARE_METATYPE(optout::Result<optout::Done>)
