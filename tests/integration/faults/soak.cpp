// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

// optout-soak: whole reads through random mixes of all faults, over real sockets on loopback.
//
//     optout-soak --mixes 10000            what anybody can run, in a minute or two
//     optout-soak --seed S --mix K         one mix again, as a failure names it
//
// Each mix is a list of random size, read with pages of random size, in one chain or in two halves. Calls go wrong in
// every way the demo endpoint knows; the server goes away and comes back; keys are replaced; clocks jump; the read is
// cancelled or killed at random pages and gone on with from its place, as it is after each failure. In the end every
// row of the endpoint's own list must have been given exactly once. CI runs 300 mixes.

#include "mix.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>

#include <cstdio>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

namespace {

//! Runs mixes, a few at a time: they wait more than they work.
class Soak final : public QObject {
    Q_OBJECT
public:
    Soak(quint64 seed, qint64 first, qint64 count)
        : m_seed(seed)
        , m_next(first)
        , m_end(first + count)
    {
    }

    void start(int atOnce)
    {
        for (int i = 0; i < atOnce; ++i)
            startNext();
        if (m_running == 0)
            emit finished();
    }
    qint64 done() const { return m_done; }
    qint64 failures() const { return m_failures; }

signals:
    void finished();

private:
    void startNext()
    {
        if (m_next >= m_end)
            return;
        ++m_running;
        auto *mix = new Mix(MixPlan::draw(m_seed, m_next++));
        mix->setParent(this);
        connect(mix, &Mix::finished, this, [this, mix](const QString &problem) {
            mix->deleteLater();
            report(mix->plan(), problem);
            --m_running;
            startNext();
            if (m_running == 0)
                emit finished();
        });
        mix->start();
    }

    void report(const MixPlan &plan, const QString &problem)
    {
        ++m_done;
        if (problem.isEmpty())
            return;
        ++m_failures;
        std::printf("FAILED: --seed %llu --mix %lld: %s\n        %s\n", static_cast<unsigned long long>(plan.seed),
            static_cast<long long>(plan.mix), qUtf8Printable(problem), qUtf8Printable(plan.text()));
        std::fflush(stdout);
    }

    quint64 m_seed;
    qint64 m_next;
    qint64 m_end;
    qint64 m_done = 0;
    qint64 m_failures = 0;
    int m_running = 0;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Reads whole lists through random mixes of all faults, and checks that every row comes exactly once.\n"
        "10,000 mixes (--mixes 10000) are what a change of the reading should have come through."_s);
    parser.addHelpOption();
    const QCommandLineOption seed(u"seed"_s, u"Draw the mixes from this number."_s, u"S"_s, u"1"_s);
    const QCommandLineOption mixes(u"mixes"_s, u"Run so many, from the first one."_s, u"N"_s, u"300"_s);
    const QCommandLineOption mix(u"mix"_s, u"Run this one alone, as a failure named it."_s, u"K"_s);
    const QCommandLineOption atOnce(u"at-once"_s, u"Run so many at a time."_s, u"N"_s, u"8"_s);
    parser.addOptions({ seed, mixes, mix, atOnce });
    parser.process(app);

    const bool isOne = parser.isSet(mix);
    const qint64 first = isOne ? parser.value(mix).toLongLong() : 0;
    const qint64 count = isOne ? 1 : parser.value(mixes).toLongLong();
    Soak soak(parser.value(seed).toULongLong(), first, count);
    QObject::connect(&soak, &Soak::finished, &app, &QCoreApplication::quit, Qt::QueuedConnection);
    QElapsedTimer time;
    time.start();
    soak.start(isOne ? 1 : std::max(1, parser.value(atOnce).toInt()));
    QCoreApplication::exec();

    const double seconds = double(time.elapsed()) / 1000;
    std::printf("%lld mixes in %.1f s (%.0f a second), %lld failed\n", static_cast<long long>(soak.done()), seconds,
        double(soak.done()) / std::max(seconds, 0.001), static_cast<long long>(soak.failures()));
    return soak.failures() == 0 && soak.done() == count && count > 0 ? 0 : 1;
}

#include "soak.moc"
