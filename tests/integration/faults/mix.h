// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "faultscene.h"

#include <QRandomGenerator>

namespace optout {

//! What a mix consists of, all drawn from one seed.
struct MixPlan {
    enum class Shape {
        OneChain,
        MaySplit, //!< the read goes over to halves, unless it is interrupted before
        Halves, //!< from the start
    };
    quint64 seed = 0;
    qint64 mix = 0;
    quint32 rows = 0;
    int pageSize = 0;
    std::optional<bool> endUserOptedOut {};
    Shape shape = Shape::OneChain;
    QList<demo::Fault> kinds {}; //!< what may go wrong at a call
    double faultRate = 0; //!< of calls
    int mostFaults = 0; //!< then nothing more goes wrong, so that every mix ends
    double outageRate = 0; //!< of pages after which the server is gone for a while
    double interruptRate = 0; //!< of pages at which the read is cancelled or killed
    double keysRate = 0; //!< of pages at which the keys are replaced
    double clockRate = 0; //!< of pages at which the computer's clock jumps
    std::optional<int> maxAttempts {};
    bool isEager = true;

    static MixPlan draw(quint64 seed, qint64 mix);
    QString text() const; //!< one line, for who wants to see what went wrong
};

//! The computer's clocks, as somebody set them.
class JumpingClock final : public Clock {
public:
    Timestamp now() const override { return m_system.now() + m_offset; }
    std::chrono::steady_clock::time_point steadyNow() const override { return m_system.steadyNow() + m_slept; }
    void set(std::chrono::milliseconds offset) { m_offset = offset; }
    void sleep(std::chrono::milliseconds time) { m_slept += time; }

private:
    SystemClock m_system;
    std::chrono::milliseconds m_offset {};
    std::chrono::milliseconds m_slept {};
};

//! One whole read through a random mix of faults, ended and gone on with again and again, until it is done.
class Mix final : public QObject {
    Q_OBJECT
public:
    explicit Mix(const MixPlan &plan);

    void start();
    const MixPlan &plan() const { return m_plan; }

signals:
    //! Once. \param problem nothing if every row was given once and no promise was broken
    void finished(const QString &problem);

private:
    static FaultScene::Options optionsOf(const MixPlan &plan, const JumpingClock &clock);
    ReadQuery query() const;
    std::vector<demo::Fault> faultsOfCall();
    void onPage();
    void onEnd();
    void leaveForAWhile();
    void finish(const QString &problem);
    bool happens(double rate);

    MixPlan m_plan;
    QRandomGenerator m_ofCalls, m_ofPages; //!< apart, so that both go the same way when timing differs
    JumpingClock m_clock;
    FaultScene m_scene;
    WholeRead m_read;
    QTimer m_patience;
    int m_faultsLeft;
    int m_mischiefLeft = 30; //!< interruptions and outages
    int m_rounds = 0;
    int m_stalls = 0;
    bool m_isAway = false;
    bool m_isOver = false;
};

} // namespace optout
