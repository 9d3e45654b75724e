// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/hitfinder.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <new>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace optout {

using namespace Qt::Literals::StringLiterals;

struct HitFinder::Job {
    ExportSource view;
    NumberPattern pattern;
    quint64 search = 0;
    std::stop_source stop {};
};

// Everything that both threads touch, behind one mutex: also the answer, so that the event only says that there is one.
class HitFinder::Worker {
public:
    explicit Worker(std::function<void()> answered)
        : m_answered(std::move(answered))
        , m_thread([this](const std::stop_token &stop) { run(stop); })
    {
    }

    ~Worker() { m_stopCurrent.request_stop(); } // the thread's own stop and join are std::jthread's
    Q_DISABLE_COPY_MOVE(Worker)

    // Takes the place of a job that waits and stops one that runs; without a job that is all.
    void start(std::optional<Job> job)
    {
        m_stopCurrent.request_stop();
        if (job)
            m_stopCurrent = job->stop;
        {
            const std::lock_guard lock(m_mutex);
            if (m_next) // may be the last hold on the rows
                m_garbage.push_back(std::make_shared<Job>(*std::exchange(m_next, std::nullopt)));
            m_next = std::move(job);
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

    std::optional<std::pair<quint64, RowHitsResult>> takeAnswer()
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
            std::optional<std::pair<quint64, RowHitsResult>> answer;
            if (job && !job->stop.stop_requested()) {
                RowHitsResult result = answerTo(*job);
                if (!result || *result)
                    answer.emplace(job->search, std::move(result));
            }
            job.reset(); // may be the last hold on the rows
            lock.lock();
            if (answer) {
                m_answer = std::move(answer);
                m_answered();
            }
        }
    }

    // Holds a null pointer when stopped.
    static RowHitsResult answerTo(const Job &job)
    {
        try {
            return findHits(job.view.rows, *job.view.order, job.pattern, job.stop.get_token());
        } catch (const std::bad_alloc &) {
            return Error { .kind = Error::Kind::Storage,
                .detail = u"There is not enough memory to look through this many numbers."_s };
        }
    }

    std::function<void()> m_answered;
    std::stop_source m_stopCurrent; // of the owner's thread
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::optional<Job> m_next;
    std::vector<std::shared_ptr<const void>> m_garbage;
    std::optional<std::pair<quint64, RowHitsResult>> m_answer;
    std::jthread m_thread; // last: it uses all of the above
};

HitFinder::HitFinder(QObject *parent)
    : QObject(parent)
    , m_worker(std::make_unique<Worker>(
          [this] { QMetaObject::invokeMethod(this, &HitFinder::deliver, Qt::QueuedConnection); }))
{
}

HitFinder::~HitFinder() = default;

void HitFinder::find(const ExportSource &view, const NumberPattern &pattern)
{
    m_worker->start(Job { .view = view, .pattern = pattern, .search = ++m_search });
}

void HitFinder::cancel()
{
    ++m_search;
    m_worker->start(std::nullopt);
}

void HitFinder::release(std::shared_ptr<const void> garbage)
{
    if (garbage)
        m_worker->release(std::move(garbage));
}

void HitFinder::deliver()
{
    const auto answer = m_worker->takeAnswer();
    if (answer && answer->first == m_search)
        emit finished(answer->second);
}

} // namespace optout
