// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "store/roworderbuilder.h"

#include "store/roworderkeeper.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <new>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace optout {

using namespace Qt::Literals::StringLiterals;

struct RowOrderBuilder::Job {
    StoreSnapshot rows;
    RowQuery query; // for build()
    std::shared_ptr<const RowOrder> extended; // set for extend()
    quint64 request = 0;
    std::stop_source stop {};
};

// Everything that both threads touch, behind one mutex: also the answer, so that the event only says that there is one.
class RowOrderBuilder::Worker {
public:
    using Answer = std::optional<std::pair<quint64, RowOrderResult>>;

    Worker(Keeps keeps, std::function<void()> answered)
        : m_keeps(keeps)
        , m_answered(std::move(answered))
        , m_thread([this](const std::stop_token &stop) { run(stop); })
    {
    }

    ~Worker()
    {
        m_thread.request_stop(); // first, or it might go on with work that nobody asked for; the join is std::jthread's
        m_stopCurrent.request_stop();
        const std::lock_guard lock(m_mutex);
        m_stopIdle.request_stop();
    }
    Q_DISABLE_COPY_MOVE(Worker)

    // Takes the place of a job that waits and stops one that runs.
    void start(Job job)
    {
        m_stopCurrent.request_stop();
        m_stopCurrent = job.stop;
        std::optional<Job> dropped(std::move(job));
        {
            const std::lock_guard lock(m_mutex);
            if (!dropped->extended)
                m_stopIdle.request_stop();
            std::swap(m_next, dropped);
        }
        m_wake.notify_one();
    }

    void cancel()
    {
        m_stopCurrent.request_stop();
        std::optional<Job> dropped;
        const std::lock_guard lock(m_mutex);
        std::swap(m_next, dropped);
        m_answer.reset();
    }

    void forget()
    {
        cancel();
        {
            const std::lock_guard lock(m_mutex);
            m_stopIdle.request_stop();
            m_forget = true;
        }
        m_wake.notify_one();
    }

    void release(std::shared_ptr<const void> garbage)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_garbage.push_back(std::move(garbage));
        }
        m_wake.notify_one();
    }

    Answer takeAnswer()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_answer, std::nullopt);
    }

private:
    void run(const std::stop_token &stop)
    {
        std::unique_lock lock(m_mutex);
        const auto hasWork = [&] {
            return m_next || !m_garbage.empty() || m_forget || (m_idle && !stop.stop_requested());
        };
        while (m_wake.wait(lock, stop, hasWork)) {
            auto garbage = std::exchange(m_garbage, {});
            auto job = std::exchange(m_next, std::nullopt);
            const bool forget = std::exchange(m_forget, false);
            const bool idle = std::exchange(m_idle, false) && !job && !forget && !stop.stop_requested();
            const std::stop_token idleStop = idle ? tokenOfIdleWork() : std::stop_token();
            lock.unlock();
            garbage.clear();
            if (forget)
                m_keeper.forget();
            Answer answer = job ? answerTo(*job) : Answer();
            const bool failed = idle && !(idleStop.stop_possible() && catchUp(idleStop));
            job.reset(); // may be the last hold on the rows
            lock.lock();
            m_idle = !failed && m_keeper.isBehind();
            if (answer) {
                std::swap(m_answer, answer);
                m_answered();
            }
            if (answer) { // an answer nobody fetched: not freed with the mutex held
                lock.unlock();
                answer.reset();
                lock.lock();
            }
        }
    }

    // With the mutex held. One that nobody can stop when memory is exhausted.
    std::stop_token tokenOfIdleWork()
    {
        try {
            if (m_stopIdle.stop_requested())
                m_stopIdle = {};
            return m_stopIdle.get_token();
        } catch (const std::bad_alloc &) {
            return {};
        }
    }

    // None when stopped.
    Answer answerTo(const Job &job)
    {
        const std::stop_token stop = job.stop.get_token();
        if (stop.stop_requested())
            return std::nullopt;
        try {
            auto order = orderFor(job, stop);
            return order ? Answer({ job.request, std::move(order) }) : std::nullopt;
        } catch (const std::bad_alloc &) {
            return Answer({ job.request,
                Error { .kind = Error::Kind::Storage,
                    .detail = u"There is not enough memory to sort or filter this many numbers."_s } });
        }
    }

    std::shared_ptr<const RowOrder> orderFor(const Job &job, const std::stop_token &stop)
    {
        if (m_keeps == Keeps::Nothing)
            return job.extended ? extendOrder(*job.extended, job.rows, stop) : buildOrder(job.rows, job.query, stop);
        return job.extended ? m_keeper.extend(*job.extended, job.rows, stop)
                            : m_keeper.build(job.rows, job.query, stop);
    }

    // False when memory is exhausted: the next request goes without, and is the next chance to try again.
    bool catchUp(const std::stop_token &stop)
    {
        try {
            m_keeper.catchUp(stop);
            return true;
        } catch (const std::bad_alloc &) {
            return false;
        }
    }

    const Keeps m_keeps;
    std::function<void()> m_answered;
    std::stop_source m_stopCurrent; // of the owner's thread
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::stop_source m_stopIdle;
    std::optional<Job> m_next;
    std::vector<std::shared_ptr<const void>> m_garbage;
    bool m_forget = false;
    bool m_idle = false; // the keeper is behind
    Answer m_answer;
    RowOrderKeeper m_keeper; // the thread's alone
    std::jthread m_thread; // last: it uses all of the above
};

RowOrderBuilder::RowOrderBuilder(Keeps keeps, QObject *parent)
    : QObject(parent)
    , m_worker(std::make_unique<Worker>(
          keeps, [this] { QMetaObject::invokeMethod(this, &RowOrderBuilder::deliver, Qt::QueuedConnection); }))
{
}

RowOrderBuilder::~RowOrderBuilder() = default;

void RowOrderBuilder::build(const StoreSnapshot &rows, const RowQuery &query)
{
    start({ .rows = rows, .query = query, .extended = nullptr });
}

void RowOrderBuilder::extend(std::shared_ptr<const RowOrder> order, const StoreSnapshot &rows)
{
    start({ .rows = rows, .query = {}, .extended = std::move(order) });
}

void RowOrderBuilder::start(Job job)
{
    job.request = ++m_request;
    m_busy = true;
    m_worker->start(std::move(job));
}

void RowOrderBuilder::cancel()
{
    ++m_request;
    m_busy = false;
    m_worker->cancel();
}

bool RowOrderBuilder::isBusy() const { return m_busy; }

void RowOrderBuilder::forget()
{
    ++m_request;
    m_busy = false;
    m_worker->forget();
}

void RowOrderBuilder::release(std::shared_ptr<const void> garbage)
{
    if (garbage)
        m_worker->release(std::move(garbage));
}

void RowOrderBuilder::deliver()
{
    const auto answer = m_worker->takeAnswer();
    if (!answer || answer->first != m_request)
        return;
    m_busy = false;
    emit finished(answer->second);
}

} // namespace optout
