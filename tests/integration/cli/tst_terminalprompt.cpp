// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/terminalprompt.h"

#include <QFile>
#include <QTest>

#include <fcntl.h>
#include <stdlib.h> // NOLINT(modernize-deprecated-headers): posix_openpt() is not in <cstdlib>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

namespace {

//! A terminal, seen from the side of the person: what the program wrote, and keys for it to read.
class PseudoTerminal final {
public:
    PseudoTerminal()
        : m_person(::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK))
    {
        if (m_person < 0 || ::grantpt(m_person) != 0 || ::unlockpt(m_person) != 0)
            qFatal("no pseudo-terminal");
        m_device = QFile::decodeName(::ptsname(m_person));
        // Held open: when the last one closes it, the terminal is gone.
        m_program = ::open(QFile::encodeName(m_device).constData(), O_RDWR | O_NOCTTY);
    }
    ~PseudoTerminal()
    {
        ::close(m_program);
        ::close(m_person);
    }
    Q_DISABLE_COPY_MOVE(PseudoTerminal)

    const QString &device() const { return m_device; }
    void type(const QByteArray &keys)
    {
        QCOMPARE(::write(m_person, keys.constData(), size_t(keys.size())), keys.size());
    }
    const QByteArray &screen()
    {
        QByteArray bytes(4096, Qt::Uninitialized);
        for (ssize_t count = 0; (count = ::read(m_person, bytes.data(), size_t(bytes.size()))) > 0;)
            m_screen += bytes.left(count);
        return m_screen;
    }
    int unread() const //!< bytes of whole lines that the program has not taken
    {
        int bytes = 0;
        return ::ioctl(m_program, FIONREAD, &bytes) == 0 ? bytes : -1;
    }
    bool echoes() const
    {
        termios settings {};
        return ::tcgetattr(m_program, &settings) == 0 && (settings.c_lflag & ECHO);
    }

private:
    int m_person;
    int m_program = -1;
    QString m_device {};
    QByteArray m_screen {};
};

} // namespace

class TestTerminalPrompt final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void codeIsReadWithoutBeingShown();
    void whatIsNoCodeIsAskedForAgain_data();
    void whatIsNoCodeIsAskedForAgain();
    void refusedCode();
    void endOfInput_data();
    void endOfInput();
    void typedAheadDoesNotCount();
    void questionIsWithdrawn();
    void endOfThePromptRestores();
    void twoQuestions();
    void nobodyThere_data();
    void nobodyThere();
    void controlCharactersDoNotReachTheTerminal();
    void signInAddressIsShown();
    void onlyPagesAreOpened();
    void signInWithoutATerminal();
    void proxyPassword();

private:
    void ask(
        const SignInPrompt::MfaQuestion &question = { .profile = u"dev"_s, .mfaSerial = u"arn:aws:iam::1:mfa/ann"_s });
    bool shows(const QByteArray &text, int times = 1) { return m_terminal->screen().count(text) == times; }

    std::unique_ptr<PseudoTerminal> m_terminal;
    std::unique_ptr<TerminalPrompt> m_prompt;
    std::unique_ptr<QObject> m_context;
    QList<QUrl> m_opened;
    QList<Result<Secret>> m_answers;
};

void TestTerminalPrompt::init()
{
    m_terminal = std::make_unique<PseudoTerminal>();
    m_opened.clear();
    m_answers.clear();
    m_context = std::make_unique<QObject>();
    m_prompt = std::make_unique<TerminalPrompt>(TerminalPrompt::Parts {
        .terminal = m_terminal->device(), .openBrowser = [this](const QUrl &url) { m_opened << url; } });
}

void TestTerminalPrompt::cleanup()
{
    m_prompt.reset();
    QVERIFY(m_terminal->echoes());
}

void TestTerminalPrompt::ask(const SignInPrompt::MfaQuestion &question)
{
    m_prompt->askMfaCode(question, m_context.get(), [this](const Result<Secret> &code) { m_answers << code; });
}

void TestTerminalPrompt::codeIsReadWithoutBeingShown()
{
    ask();
    QVERIFY(m_answers.isEmpty());
    QTRY_VERIFY(shows("MFA code of arn:aws:iam::1:mfa/ann for profile dev: "));
    QVERIFY(!m_terminal->echoes());
    m_terminal->type("123456\n");
    QTRY_COMPARE(m_answers.size(), 1);
    QVERIFY(m_answers.at(0));
    QCOMPARE(m_answers.at(0)->expose(), "123456");
    QVERIFY(m_terminal->echoes());
    QVERIFY(!m_terminal->screen().contains("1234"));
}

void TestTerminalPrompt::whatIsNoCodeIsAskedForAgain_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::newRow("too short") << QByteArray("12345");
    QTest::newRow("too long") << QByteArray("1234567");
    QTest::newRow("letters") << QByteArray("12345a");
    QTest::newRow("no ASCII") << QByteArray("12345\xd9\xa3");
    QTest::newRow("longer than any line") << QByteArray(3000, '1');
}

void TestTerminalPrompt::whatIsNoCodeIsAskedForAgain()
{
    QFETCH(QByteArray, typed);
    ask();
    QTRY_VERIFY(shows("MFA code"));
    m_terminal->type(typed + '\n');
    QTRY_VERIFY(shows("MFA code", 2));
    QVERIFY(shows("six digits"));
    m_terminal->type("654321\r");
    QTRY_COMPARE(m_answers.size(), 1);
    QCOMPARE(m_answers.at(0)->expose(), "654321");
}

void TestTerminalPrompt::refusedCode()
{
    ask({ .profile = {}, .mfaSerial = u"GAHT12345678"_s, .problem = u"STS did not take the code."_s });
    QTRY_VERIFY(shows("STS did not take the code.\r\n"));
    QTRY_VERIFY(shows("MFA code of GAHT12345678: "));
}

void TestTerminalPrompt::endOfInput_data()
{
    QTest::addColumn<QByteArray>("keys");
    QTest::newRow("Ctrl+D") << QByteArray("\x04");
    QTest::newRow("only Enter") << QByteArray("\n");
}

void TestTerminalPrompt::endOfInput()
{
    QFETCH(QByteArray, keys);
    ask();
    QTRY_VERIFY(shows("MFA code"));
    m_terminal->type(keys);
    QTRY_COMPARE(m_answers.size(), 1);
    QVERIFY(!m_answers.at(0));
    QCOMPARE(m_answers.at(0).error().kind, Error::Kind::Cancelled);
}

void TestTerminalPrompt::typedAheadDoesNotCount()
{
    m_terminal->type("111111\n");
    QTRY_COMPARE(m_terminal->unread(), 7); // it takes its time in the kernel
    ask();
    QTRY_VERIFY(shows("MFA code"));
    QTest::qWait(50);
    QVERIFY(m_answers.isEmpty());
}

void TestTerminalPrompt::questionIsWithdrawn()
{
    ask();
    QTRY_VERIFY(shows("MFA code"));
    m_context.reset();
    QVERIFY(m_terminal->echoes()); // at once: the program may be ending
    m_terminal->type("123456\n");
    QTest::qWait(50);
    QVERIFY(m_answers.isEmpty());
}

void TestTerminalPrompt::endOfThePromptRestores()
{
    ask();
    QTRY_VERIFY(!m_terminal->echoes());
    m_prompt.reset();
    QVERIFY(m_terminal->echoes());
}

void TestTerminalPrompt::twoQuestions()
{
    ask();
    ask({ .profile = u"second"_s, .mfaSerial = u"x"_s });
    QTRY_VERIFY(shows("profile dev: "));
    QTest::qWait(50);
    QVERIFY(!shows("profile second"));
    m_terminal->type("111111\n");
    QTRY_VERIFY(shows("profile second: "));
    m_terminal->type("222222\n");
    QTRY_COMPARE(m_answers.size(), 2);
    QCOMPARE(m_answers.at(0)->expose(), "111111");
    QCOMPARE(m_answers.at(1)->expose(), "222222");
}

void TestTerminalPrompt::nobodyThere_data()
{
    QTest::addColumn<QString>("device");
    QTest::newRow("no such device") << u"/nonexistent/tty"_s;
    QTest::newRow("no terminal") << u"/dev/null"_s;
}

void TestTerminalPrompt::nobodyThere()
{
    QFETCH(QString, device);
    m_prompt = std::make_unique<TerminalPrompt>(TerminalPrompt::Parts { .terminal = device });
    ask({ .profile = u"my dev"_s, .mfaSerial = u"arn:aws:iam::1:mfa/ann"_s });
    QVERIFY(m_answers.isEmpty());
    QTRY_COMPARE(m_answers.size(), 1);
    QCOMPARE(m_answers.at(0).error().kind, Error::Kind::NoCredentials);
    for (const QString &word : { u"my dev"_s, u"arn:aws:iam::1:mfa/ann"_s, u"terminal"_s,
             u"aws configure export-credentials --profile 'my dev'"_s })
        QVERIFY2(m_answers.at(0).error().detail.contains(word), qPrintable(m_answers.at(0).error().detail));
}

void TestTerminalPrompt::controlCharactersDoNotReachTheTerminal()
{
    ask({ .profile = u"d\x1b[2Jev"_s, .mfaSerial = u"x"_s, .problem = u"no\x07 \x1b]0;title\x07"_s });
    QTRY_VERIFY(shows("MFA code"));
    QVERIFY(!m_terminal->screen().contains('\x1b'));
    QVERIFY(!m_terminal->screen().contains('\x07'));
}

void TestTerminalPrompt::signInAddressIsShown()
{
    QList<Error> cancelled;
    m_prompt->showDeviceAuthorization({ .profile = u"dev"_s,
                                          .userCode = u"ABCD-EFGH"_s,
                                          .verificationUrl = QUrl(u"https://device.example/?user_code=ABCD-EFGH"_s),
                                          .plainUrl = QUrl(u"https://device.example/"_s),
                                          .expiresIn = std::chrono::seconds(599) },
        m_context.get(), [&](const Error &error) { cancelled << error; });
    QTRY_VERIFY(shows("https://device.example/?user_code=ABCD-EFGH"));
    QVERIFY(shows("the code ABCD-EFGH, within 10 min"));
    QVERIFY(shows("profile dev"));
    QCOMPARE(m_opened, QList<QUrl> { QUrl(u"https://device.example/?user_code=ABCD-EFGH"_s) });
    QTest::qWait(20);
    QVERIFY(cancelled.isEmpty());
}

void TestTerminalPrompt::onlyPagesAreOpened()
{
    m_prompt->showDeviceAuthorization(
        { .profile = {}, .userCode = u"x"_s, .verificationUrl = QUrl(u"file:///usr/bin/something"_s), .plainUrl = {} },
        m_context.get(), [](const Error &) {});
    QVERIFY(m_opened.isEmpty());
}

void TestTerminalPrompt::signInWithoutATerminal()
{
    if (::isatty(STDERR_FILENO))
        QSKIP("standard error is a terminal here");
    m_prompt = std::make_unique<TerminalPrompt>(TerminalPrompt::Parts { .terminal = u"/dev/null"_s });
    QList<Error> cancelled;
    m_prompt->showDeviceAuthorization({ .profile = u"dev"_s, .userCode = {}, .verificationUrl = {}, .plainUrl = {} },
        m_context.get(), [&](const Error &error) { cancelled << error; });
    QVERIFY(cancelled.isEmpty());
    QTRY_COMPARE(cancelled.size(), 1);
    QCOMPARE(cancelled.at(0).kind, Error::Kind::NoCredentials);
    QVERIFY2(cancelled.at(0).detail.contains(u"aws sso login --profile dev"), qPrintable(cancelled.at(0).detail));
}

void TestTerminalPrompt::proxyPassword()
{
    QList<Result<ProxyCredentials>> answers;
    m_prompt->askProxyPassword({ .proxy = u"proxy.example:3128"_s }, m_context.get(),
        [&](const Result<ProxyCredentials> &answer) { answers << answer; });
    QTRY_VERIFY(shows("user for the proxy proxy.example:3128: "));
    m_terminal->type("DOM\\ann\n");
    QTRY_VERIFY(shows("password: "));
    QVERIFY(shows("DOM\\ann")); // shown as it is typed
    m_terminal->type("pässword\n");
    QTRY_COMPARE(answers.size(), 1);
    QVERIFY(answers.at(0));
    QCOMPARE(answers.at(0)->user, u"DOM\\ann"_s);
    QCOMPARE(answers.at(0)->password.expose(), "pässword");
    QVERIFY(!m_terminal->screen().contains("ssword\r"));
}

QTEST_GUILESS_MAIN(TestTerminalPrompt)
#include "tst_terminalprompt.moc"
