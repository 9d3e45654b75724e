// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "store/roworderbuilder.h"

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
    explicit Worker(std::function<void()> answered)
        : m_answered(std::move(answered))
        , m_thread([this](const std::stop_token &stop) { run(stop); })
    {
    }

    ~Worker() { m_stopCurrent.request_stop(); } // the thread's own stop and join are std::jthread's
    Q_DISABLE_COPY_MOVE(Worker)

    // Takes the place of a job that waits and stops one that runs.
    void start(Job job)
    {
        m_stopCurrent.request_stop();
        m_stopCurrent = job.stop;
        std::optional<Job> dropped(std::move(job));
        {
            const std::lock_guard lock(m_mutex);
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

    void release(std::shared_ptr<const void> garbage)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_garbage.push_back(std::move(garbage));
        }
        m_wake.notify_one();
    }

    std::optional<std::pair<quint64, RowOrderResult>> takeAnswer()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_answer, std::nullopt);
    }

private:
    void run(const std::stop_token &stop)
    {
        std::unique_lock lock(m_mutex);
        while (m_wake.wait(lock, stop, [this] { return m_next || !m_garbage.empty(); })) {
            auto garbage = std::exchange(m_garbage, {});
            auto job = std::exchange(m_next, std::nullopt);
            lock.unlock();
            garbage.clear();
            std::optional<std::pair<quint64, RowOrderResult>> answer;
            if (job && !job->stop.stop_requested()) {
                RowOrderResult result = answerTo(*job);
                if (!result || *result)
                    answer.emplace(job->request, std::move(result));
            }
            job.reset(); // may be the last hold on the rows
            lock.lock();
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

    // Holds a null pointer when stopped.
    static RowOrderResult answerTo(const Job &job)
    {
        try {
            if (job.extended)
                return extendOrder(*job.extended, job.rows, job.stop.get_token());
            return buildOrder(job.rows, job.query, job.stop.get_token());
        } catch (const std::bad_alloc &) {
            return Error { .kind = Error::Kind::Storage,
                .detail = u"There is not enough memory to sort or filter this many numbers."_s };
        }
    }

    std::function<void()> m_answered;
    std::stop_source m_stopCurrent; // of the owner's thread
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::optional<Job> m_next;
    std::vector<std::shared_ptr<const void>> m_garbage;
    std::optional<std::pair<quint64, RowOrderResult>> m_answer;
    std::jthread m_thread; // last: it uses all of the above
};

RowOrderBuilder::RowOrderBuilder(QObject *parent)
    : QObject(parent)
    , m_worker(std::make_unique<Worker>(
          [this] { QMetaObject::invokeMethod(this, &RowOrderBuilder::deliver, Qt::QueuedConnection); }))
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
