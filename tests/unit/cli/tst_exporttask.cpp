// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/exporttask.h"

#include "fakes/fakeclock.h"
#include "fakes/fakecredentials.h"
#include "fakes/fakenetworkwatch.h"
#include "fakes/faketransport.h"
#include "secrets/memorystore.h"

#include <QTemporaryDir>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const Error unreachable { .kind = Error::Kind::Network, .code = u"HostNotFound"_s, .detail = u"sts"_s };

} // namespace

//! An export and its sign-in: how long one that fails is tried, and whose keys it gives.
class TestExportTask : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void signsInForAsLongAsAFaultMayLast();
    void attemptsToSignInCanBeLimited();
    void whatOnlyAPersonCanMendEndsItAtOnce();
    void timeAsleepDoesNotCount();
    void timeWithoutNetworkDoesNotCount();
    void aNetworkThatReturnsIsUsedAtOnce();
    void keysOfAnotherAccountDoNotResume();

private:
    //! There are keys after so many sign-ins that failed.
    void succeedAfter(int count)
    {
        expectCall();
        m_scene->credentials->onProvide = [this, count, before = m_scene->credentials->onProvide] {
            if (before)
                before();
            if (m_scene->credentials->provided() == count)
                m_scene->credentials->replace(goodKeys());
        };
    }
    void expectCall()
    {
        m_scene->transport.expect(Action::DescribeOptedOutNumbers)
            .reply(200,
                R"({"OptOutListArn": "arn:aws:sms-voice:us-east-1:111122223333:opt-out-list/Default",
                    "OptOutListName": "Default", "OptedOutNumbers": []})");
    }
    static Credentials goodKeys() { return FakeCredentialsProvider::credentials(u"AKIDEXAMPLE000000001"_s); }
    void start()
    {
        m_task = std::make_unique<ExportTask>(ExportTask::Parts { .service = m_scene->service,
                                                  .credentials = *m_scene->credentials,
                                                  .clock = m_scene->clock,
                                                  .checkpoints = m_checkpoints.get(),
                                                  .network = &m_scene->network },
            m_options, nullptr);
        connect(m_task.get(), &Task::finished, this, [this](ExitStatus status) { m_status = status; });
        m_task->start();
    }

    struct Scene {
        FakeClock clock;
        Pacers pacers { clock, { .headroom = 0, .fixedRate = 1'000'000 } };
        FakeTransport transport;
        FakeNetworkWatch network;
        std::shared_ptr<FakeCredentialsProvider> credentials = std::make_shared<FakeCredentialsProvider>();
        OptOutService service { { .transport = transport,
                                    .pacers = pacers,
                                    .clock = clock,
                                    .jitter = [] { return 0.0; },
                                    .network = &network },
            { .endpoint = QUrl(u"https://sms-voice.us-east-1.amazonaws.com/"_s), .region = u"us-east-1"_s },
            credentials };
    };
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Scene> m_scene;
    CliOptions m_options;
    MemoryStore m_store;
    std::unique_ptr<Checkpoints> m_checkpoints; // null without --resume
    std::unique_ptr<ExportTask> m_task;
    std::optional<ExitStatus> m_status;
};

void TestExportTask::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_scene = std::make_unique<Scene>();
    m_scene->credentials->replace(unreachable);
    m_options = { .list = u"Default"_s, .output = m_dir->filePath(u"list.csv"_s), .quiet = true };
    m_options.retry.firstDelay = 10ms; // faults begin at a tenth
    m_options.retry.longestDelay = 2ms;
    m_status.reset();
}

void TestExportTask::cleanup()
{
    m_task.reset();
    m_checkpoints.reset();
    QCOMPARE(m_scene->transport.complaints(), QStringList());
}

void TestExportTask::signsInForAsLongAsAFaultMayLast()
{
    m_options.retry.longestFault = 101ms; // 1 + 50 * 2
    start();
    QTRY_VERIFY(m_status.has_value());
    QCOMPARE(*m_status, ExitStatus::Failed);
    QCOMPARE(m_scene->credentials->provided(), 52);
}

void TestExportTask::attemptsToSignInCanBeLimited()
{
    m_options.retry.maxAttempts = 3;
    start();
    QTRY_VERIFY(m_status.has_value());
    QCOMPARE(*m_status, ExitStatus::Failed);
    QCOMPARE(m_scene->credentials->provided(), 3);
}

void TestExportTask::whatOnlyAPersonCanMendEndsItAtOnce()
{
    m_scene->credentials->replace(Error { .kind = Error::Kind::NoCredentials });
    start();
    QTRY_VERIFY(m_status.has_value());
    QCOMPARE(*m_status, ExitStatus::Failed);
    QCOMPARE(m_scene->credentials->provided(), 1);
}

void TestExportTask::timeAsleepDoesNotCount()
{
    m_options.retry.longestFault = 10min;
    m_scene->credentials->onProvide = [this] { m_scene->clock.advance(8h); };
    succeedAfter(8);
    start();
    QTRY_VERIFY(m_status.has_value());
    QCOMPARE(*m_status, ExitStatus::Done);
    QCOMPARE(m_scene->credentials->provided(), 8 + 1 + 2); // the call asks whose quota it is, and to sign
}

void TestExportTask::timeWithoutNetworkDoesNotCount()
{
    m_options.retry.longestFault = 101ms;
    m_options.retry.maxAttempts = 60;
    m_scene->network.takeAway();
    m_scene->credentials->onProvide = [this] { m_scene->clock.advance(1min); };
    succeedAfter(80);
    start();
    QTRY_VERIFY(m_status.has_value());
    QCOMPARE(*m_status, ExitStatus::Done);
}

void TestExportTask::aNetworkThatReturnsIsUsedAtOnce()
{
    m_options.retry.firstDelay = 10h;
    m_options.retry.longestDelay = 10h;
    m_options.retry.longestFault = 24h;
    m_scene->network.takeAway();
    start();
    QTRY_COMPARE(m_scene->credentials->provided(), 1);
    QCoreApplication::processEvents(); // it waits
    expectCall();
    m_scene->credentials->replace(goodKeys());
    m_scene->network.giveBack();
    QTRY_VERIFY(m_status.has_value());
    QCOMPARE(*m_status, ExitStatus::Done);
}

//! What is kept is looked for with the first keys, and gone on from with those of the first call.
void TestExportTask::keysOfAnotherAccountDoNotResume()
{
    m_checkpoints = std::make_unique<Checkpoints>(
        Checkpoints::Parts { .store = m_store, .clock = m_scene->clock, .folder = m_dir->filePath(u"reads"_s) });
    m_scene->credentials->onProvide = [this] {
        const bool isFirst = m_scene->credentials->provided() == 1;
        m_scene->credentials->replace(
            FakeCredentialsProvider::credentials(isFirst ? u"ASIAY34FZKBOKMUTVV7A"_s : u"ASIAY34FZKBO27777777"_s));
    };
    start();
    QTRY_VERIFY(m_status.has_value());
    QCOMPARE(*m_status, ExitStatus::Failed);
    QCOMPARE(m_scene->transport.requests().size(), 0);
}

QTEST_GUILESS_MAIN(TestExportTask)
#include "tst_exporttask.moc"
