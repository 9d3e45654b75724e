// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "domain/optoutlist.h"
#include "service/optoutservice.h"

#include <QList>
#include <QObject>
#include <QPointer>

#include <memory>
#include <optional>

namespace optout {

class ListOptOutListsOperation;

//! One line of the list tree.
struct ListEntry {
    OptOutList list {};
    bool shared = false; //!< by another account: it can only be asked for by its ARN
    bool typed = false; //!< named by the user; the service has not been asked for its ARN
    bool operator==(const ListEntry &) const = default;
};

//! Reads which opt-out lists there are: first the account's own, then those shared with it. The own ones are told of as
//! soon as they are all there, if none were before. GUI thread only.
//!
//! The service tells neither the owner of a list nor the caller's account. The account is taken from the ARN of the
//! first own list; what comes with Owner=SHARED is shared.
class ListsPresenter final : public QObject {
    Q_OBJECT
public:
    enum class State {
        Idle, //!< no connection
        Loading,
        Loaded,
        Failed, //!< error(); what had arrived is kept
    };

    explicit ListsPresenter(QObject *parent = nullptr);
    ~ListsPresenter() override;

    //! Forgets the lists and reads those of this service; with null just forgets.
    void load(std::shared_ptr<OptOutService> service);
    //! The same lists, to be asked for with this service from now on; a reading that had failed is made again.
    void renew(std::shared_ptr<OptOutService> service);
    void reload(); //!< reads again; the lists known stay until the answer is complete

    //! A list that the user names because the service does not tell of it (no permission to list, or not shared
    //! openly). Adds a line unless there is one, and returns it.
    //! \param nameOrArn as the service takes it: 1..256 of A-Z a-z 0-9 _ : / -
    Result<ListEntry> addTyped(const QString &nameOrArn);

    State state() const { return m_state; }
    const Error &error() const { return m_error; }
    //! While Loading: why there is no answer yet, if an attempt has failed and will be made again.
    const std::optional<Error> &delay() const { return m_delay; }
    const QList<ListEntry> &lists() const { return m_lists; }
    QString accountId() const { return m_accountId; } //!< empty until known
    QString requestNameOf(const ListEntry &entry) const; //!< what to ask the service for

signals:
    void changed();

private:
    void ask(DescribeOptOutListsInput::Owner owner);
    void conclude(DescribeOptOutListsInput::Owner owner, const Result<Done> &outcome);
    QList<ListEntry> typedBesides(const QList<ListEntry> &arrived) const;
    void dropOperation();

    std::shared_ptr<OptOutService> m_service;
    QPointer<ListOptOutListsOperation> m_operation;
    State m_state = State::Idle;
    Error m_error;
    std::optional<Error> m_delay;
    QList<ListEntry> m_lists;
    QList<ListEntry> m_arriving;
    QString m_accountId;
};

} // namespace optout
