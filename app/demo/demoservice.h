// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"
#include "demo/answerwriter.h"
#include "demo/demolists.h"
#include "demo/faultplan.h"
#include "demo/pagetoken.h"
#include "demo/requestcheck.h"
#include "demo/signaturecheck.h"
#include "demo/tokenbucket.h"

#include <QHash>

#include <array>
#include <variant>
#include <vector>

namespace optout {
struct DemoOptions;
}

namespace optout::demo {

//! The service behind the HTTP: checks who calls and what is asked, and answers. No network, so it can be tested alone.
//! One thread only.
class DemoService {
public:
    //! \param clock must outlive the service
    DemoService(const DemoOptions &options, const Clock &clock);

    //! Keys of one more caller, good until they expire.
    void add(Credentials caller);
    //! Likewise, of a caller whom IAM refuses everything. \param arn who that is, for the refusal
    void addDenied(Credentials caller, const QString &arn);

    //! What is known of a call besides its answer, for the log of requests.
    struct Reply {
        HttpAnswer answer;
        SignatureCheck::Finding finding;
    };
    //! \param faults those that the service itself commits are; the others are for who sends the answer
    Reply answer(const HttpRequest &request, const std::vector<Fault> &faults);

    const DemoLists &lists() const { return m_lists; }

private:
    enum Operation { DescribeOptedOutNumbers, DescribeOptOutLists, OperationCount };
    using Outcome = std::variant<QByteArray, ServiceRefusal>; //!< a page's body, or why not
    struct Page; //!< which part of which rows an answer holds

    std::variant<Operation, ServiceRefusal> operationOf(const HttpRequest &request) const;
    std::optional<ServiceRefusal> admit(Operation operation, const SignatureCheck::Finding &finding);
    Outcome perform(Operation operation, const QByteArray &body, const std::vector<Fault> &faults) const;
    Outcome numbers(const NumbersQuery &query, const std::vector<Fault> &faults) const;
    Outcome lists(const ListsQuery &query, const std::vector<Fault> &faults) const;
    std::variant<std::vector<quint32>, ServiceRefusal> lookUp(const DemoList &list, const NumbersQuery &query) const;
    template <typename Matches>
    std::variant<Page, ServiceRefusal> page(const QByteArray &binding, const QByteArray &token, int maxResults,
        quint32 count, const Matches &matches, const std::vector<Fault> &faults) const;

    const Clock &m_clock;
    bool m_absentNumberIsError;
    DemoLists m_lists;
    PageTokens m_tokens;
    SignatureCheck m_signatures;
    QHash<QByteArray, QString> m_denied; //!< ARN by access key id
    std::array<TokenBucket, OperationCount> m_quotas;
};

//! Reads DemoOptions::quotaChanges. InvalidInput for one that is not RATE@CALL.
Result<std::vector<TokenBucket::Change>> readQuotaChanges(const QStringList &texts);

//! Whether one of the faults is of that kind, and which.
const Fault *findFault(const std::vector<Fault> &faults, Fault::Kind kind);

} // namespace optout::demo
