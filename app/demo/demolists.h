// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "demo/calendar.h"
#include "demo/numberspace.h"
#include "demo/permutation.h"
#include "domain/optedoutnumber.h"
#include "domain/optoutlist.h"

#include <QString>

#include <vector>

namespace optout::demo {

//! One list, made from its seed by arithmetic: row i is computed when it is asked for, and so is the place of a number.
class DemoList {
public:
    struct Traits {
        QString name;
        bool shared = false; //!< belongs to another account
        quint32 rows = 0;
        Timestamp created {};
        int endUserPercent = 80;
        int withoutPlusPercent = 0; //!< of its numbers: the service's pattern makes the sign optional
    };
    struct Row {
        quint64 digits;
        bool plus;
        bool endUser;
        Timestamp optedOutAt;
        quint64 whim; //!< of this row alone, for the way it is written down
    };

    DemoList(Traits traits, const NumberSpace &space, quint64 seed);

    const OptOutList &about() const { return m_about; }
    bool isShared() const { return m_traits.shared; }
    quint32 size() const { return m_traits.rows; }
    //! \param index below size(). No two rows have the same number. About 100 ns.
    Row row(quint32 index) const;
    //! Only the part of a row that the service can filter by. About 5 ns.
    bool isEndUser(quint32 index) const;
    //! The row of a number, given without its plus sign.
    std::optional<quint32> find(quint64 digits) const;

    static OptedOutNumber toNumber(const Row &row);

private:
    struct Share { //!< what one pool gives to this list
        quint32 base; //!< the first place that is its own, before rows are shuffled
        quint32 count;
        Permutation order;
    };

    quint64 hashOf(quint32 index) const { return scatter(m_key ^ (quint64(index) << 20)); }

    Traits m_traits;
    const NumberSpace &m_space;
    quint64 m_key;
    OptOutList m_about;
    Calendar m_calendar;
    Permutation m_order;
    std::vector<Share> m_shares; //!< as the pools of the space, in the same order
};

//! All lists of the demo endpoint.
class DemoLists {
public:
    //! \param rows of the list "Default", at most maximumRows
    //! \param endUserPercent of its rows, 0..100
    DemoLists(quint64 seed, quint32 rows, int endUserPercent = DemoList::Traits().endUserPercent);
    Q_DISABLE_COPY_MOVE(DemoLists) // the lists refer to m_space
    static constexpr quint32 maximumRows = 100'000'000;

    //! In the order in which the service gives them: none in particular.
    const std::vector<DemoList> &all() const { return m_lists; }
    //! By ARN, or by name for a list of the own account; null if there is no such list.
    const DemoList *find(const QString &nameOrArn) const;

private:
    NumberSpace m_space;
    std::vector<DemoList> m_lists;
};

//! The ARN of a list in the demo's region.
QString listArn(const QString &accountId, const QString &name);

} // namespace optout::demo
