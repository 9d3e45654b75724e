// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "net/pacelearner.h"

#include <QString>

#include <algorithm>
#include <chrono>
#include <functional>
#include <random>
#include <vector>

// A simulated service with a token bucket, and clients that keep to a learner's pace: simulated time, calls that take
// unequally long, several seeds.
namespace optout {

using namespace std::chrono_literals;
using Span = PaceState::Span;

struct Change {
    int atPass;
    double rate;
};

//! The client does nothing for a while.
struct Pause {
    int afterPass;
    Span length;
};

//! Others take every token.
struct Outage {
    double fromSecond;
    double seconds;
};

struct World {
    double rate = 1; //!< 0: no limit
    int burst = 1;
    std::vector<Change> changes {};
    std::vector<Pause> pauses {};
    std::vector<Outage> outages {};
    Span latency = 300us;
    Span jitter = 0ns; //!< at most, one way; and as much again until a timer fires
    quint32 seed = 1;
    int chains = 1;
    int pages = 300;
    double headroom = 0;
    Span startsAt = 1000s;
};

struct Outcome {
    double seconds = 0;
    double allowedSeconds = 0; //!< for a client that takes each token when it is there
    int throttled = 0;
    int lateThrottled = 0; //!< after the first 20 pages
    int longestStreak = 0;
    QString moments {};
    std::vector<double> passedAt {}; //!< seconds
    double ratio() const { return seconds / allowedSeconds; }
};

//! As the demo endpoint's: a refused call costs nothing.
class Bucket {
public:
    explicit Bucket(const World &world)
        : m_world(world)
        , m_rate(world.rate)
        , m_tokens(world.burst)
    {
    }
    bool take(double now)
    {
        if (m_rate <= 0)
            return true;
        m_tokens = std::min<double>(m_world.burst, m_tokens + (now - m_at) * m_rate);
        m_at = now;
        for (const Outage &outage : m_world.outages)
            if (now >= outage.fromSecond && now < outage.fromSecond + outage.seconds)
                m_tokens = 0;
        if (m_tokens < 1)
            return false;
        m_tokens -= 1;
        ++m_passed;
        for (const Change &change : m_world.changes)
            if (change.atPass == m_passed)
                m_rate = change.rate;
        return true;
    }

private:
    const World &m_world;
    double m_rate;
    double m_tokens;
    double m_at = 0;
    int m_passed = 0;
};

inline double allowed(const World &world)
{
    double seconds = 0;
    double rate = world.rate;
    double tokens = world.burst;
    for (int page = 1; page <= world.pages; ++page) {
        if (tokens >= 1)
            tokens -= 1;
        else
            seconds += rate > 0 ? 1 / rate : 0;
        for (const Change &change : world.changes)
            if (change.atPass == page)
                rate = change.rate;
    }
    return seconds;
}

class Run {
public:
    //! Has a chain's learner changed, wherever its state is kept.
    using Update = std::function<void(int chain, const std::function<void(PaceLearner &)> &change)>;

    //! All chains have one learner, that of this run.
    explicit Run(const World &world)
        : Run(world, [this](int, const auto &change) { change(m_learner); })
    {
    }
    Run(const World &world, Update update)
        : m_world(world)
        , m_random(world.seed)
        , m_learner(m_state)
        , m_update(std::move(update))
    {
    }

    Outcome read()
    {
        Bucket bucket(m_world);
        std::vector<Event> events;
        const Span origin = m_world.startsAt;
        Span now = origin;
        for (int chain = 0; chain < m_world.chains; ++chain)
            events.push_back(claim(now, chain));
        int pages = 0;
        int streak = 0;
        Outcome outcome { .allowedSeconds = allowed(m_world) };
        while (pages < m_world.pages && outcome.throttled < 20'000) {
            const auto next =
                std::min_element(events.begin(), events.end(), [](auto &a, auto &b) { return a.at < b.at; });
            Event event = *next;
            events.erase(next);
            now = event.at;
            switch (event.kind) {
            case Event::Due:
                // As ApiCall, which looks once more when its timer fires.
                event.at = after(now, moment(event.chain, [&](PaceLearner &learner) {
                    return learner.admit(now, m_world.headroom, 0ns);
                }));
                event.kind = Event::Send;
                events.push_back(event);
                break;
            case Event::Send:
                event.sentAt = now;
                event.at = now + m_world.latency / 2 + random();
                event.kind = Event::Arrive;
                events.push_back(event);
                break;
            case Event::Arrive:
                event.passes = bucket.take(std::chrono::duration<double>(now - origin).count());
                event.at = now + m_world.latency / 2;
                event.kind = Event::Answer;
                events.push_back(event);
                break;
            case Event::Answer:
                if (event.passes) {
                    ++pages;
                    streak = 0;
                    outcome.passedAt.push_back(std::chrono::duration<double>(now - origin).count());
                    m_update(event.chain,
                        [&](PaceLearner &learner) { learner.passed(event.sentAt, now, m_world.headroom, 0ns); });
                    for (const Pause &pause : m_world.pauses)
                        if (pause.afterPass == pages)
                            now += pause.length;
                } else {
                    ++outcome.throttled;
                    outcome.longestStreak = std::max(outcome.longestStreak, ++streak);
                    outcome.moments += QString::number(pages) + QLatin1Char(' ');
                    if (pages >= 20)
                        ++outcome.lateThrottled;
                    m_update(event.chain,
                        [&](PaceLearner &learner) { learner.throttled(event.sentAt, now, std::nullopt, 0ns); });
                }
                events.push_back(claim(now, event.chain));
                break;
            }
        }
        outcome.seconds = std::chrono::duration<double>(now - origin).count();
        return outcome;
    }
    PaceLearner &learner() { return m_learner; }
    const PaceState &state() const { return m_state; }

private:
    struct Event {
        enum Kind { Due, Send, Arrive, Answer } kind;
        Span at;
        int chain;
        Span sentAt {};
        bool passes = false;
    };
    //! When a timer set for that moment fires.
    Span after(Span now, Span then)
    {
        if (then <= now)
            return now;
        return now + std::chrono::ceil<std::chrono::milliseconds>(then - now) + random() / 4;
    }
    Span random()
    {
        return Span(std::uniform_int_distribution<qint64>(0, std::max<qint64>(0, m_world.jitter.count()))(m_random));
    }
    Event claim(Span now, int chain)
    {
        bool isTaken = false;
        const Span start = moment(chain, [&](PaceLearner &learner) {
            const Span claimed = learner.claim(now, m_world.headroom, 0ns);
            isTaken = claimed <= now; // as Pacer::claimTurn()
            return isTaken ? learner.admit(now, m_world.headroom, 0ns) : claimed;
        });
        return { isTaken ? Event::Send : Event::Due, after(now, start), chain };
    }
    template <typename Ask> Span moment(int chain, const Ask &ask)
    {
        Span then {};
        m_update(chain, [&](PaceLearner &learner) { then = ask(learner); });
        return then;
    }

    World m_world;
    std::mt19937 m_random;
    PaceState m_state {};
    PaceLearner m_learner;
    Update m_update;
};

} // namespace optout
