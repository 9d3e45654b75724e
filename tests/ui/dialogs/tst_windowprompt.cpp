// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogs/windowprompt.h"
#include "fakes/fakeclock.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QtTest>

#include <memory>
#include <optional>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

class TestWindowPrompt final : public QObject {
    Q_OBJECT

    FakeClock m_clock;
    QList<QUrl> m_opened;
    std::unique_ptr<WindowPrompt> m_prompt;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<QObject> m_context;

    template <typename Widget = QWidget> Widget *widget(const char *name) const
    {
        return m_window->findChild<Widget *>(QString::fromLatin1(name));
    }

    SignInPrompt::DeviceAuthorization authorization(const QString &url = u"https://device.sso.example/?code=ABCD"_s)
    {
        return { .profile = u"corp"_s,
            .userCode = u"ABCD-EFGH"_s,
            .verificationUrl = QUrl(url),
            .plainUrl = QUrl(u"https://device.sso.example/"_s),
            .expiresIn = std::chrono::minutes(10) };
    }

    void everythingHasAName(const char *dialog) const
    {
        for (QWidget *part : widget(dialog)->findChildren<QWidget *>()) {
            const bool control = qobject_cast<QAbstractButton *>(part) || qobject_cast<QLineEdit *>(part);
            if (!control || part->objectName().startsWith("qt_"_L1))
                continue;
            const QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(part);
            QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(), qPrintable(part->objectName()));
        }
    }

private slots:
    void init()
    {
        m_opened.clear();
        m_prompt = std::make_unique<WindowPrompt>(m_clock, [this](const QUrl &url) {
            m_opened += url;
            return true;
        });
        m_window = std::make_unique<QWidget>();
        m_window->show();
        m_prompt->setWindow(m_window.get());
        m_context = std::make_unique<QObject>();
    }
    void cleanup()
    {
        m_context.reset();
        m_window.reset();
    }

    void takesSixDigits()
    {
        std::optional<Result<Secret>> answer;
        m_prompt->askMfaCode({ .profile = u"dev"_s, .mfaSerial = u"arn:aws:iam::111122223333:mfa/ann"_s },
            m_context.get(), [&answer](const Result<Secret> &code) { answer = code; });
        QVERIFY(widget("mfaDialog"));
        everythingHasAName("mfaDialog");
        QCOMPARE(widget<QLabel>("mfaDevice")->text(), u"arn:aws:iam::111122223333:mfa/ann"_s);
        QVERIFY(!widget("mfaCodeNote")->isVisible());
        auto *code = widget<QLineEdit>("mfaCode");
        QTest::keyClicks(code, u"12a345"_s);
        QCOMPARE(code->text(), u"12345"_s);
        QVERIFY(!widget("mfaSignIn")->isEnabled());
        QTest::keyClick(code, Qt::Key_Return);
        QVERIFY(!answer);
        QTest::keyClicks(code, u"67"_s);
        QCOMPARE(code->text(), u"123456"_s);
        QTest::keyClick(code, Qt::Key_Return);
        QVERIFY(answer && *answer);
        QVERIFY((**answer).expose() == QByteArrayView("123456"));
        QTRY_VERIFY(!widget("mfaDialog"));
    }

    void saysWhyTheCodeWasRefused()
    {
        m_prompt->askMfaCode({ .profile = {}, .mfaSerial = u"GAHT12345678"_s, .problem = u"AWS refused the code."_s },
            m_context.get(), [](const Result<Secret> &) {});
        QVERIFY(widget("mfaCodeNote")->isVisible());
        QCOMPARE(widget("mfaCode")->accessibleDescription(), u"AWS refused the code."_s);
    }

    void escapeCancels()
    {
        std::optional<Result<Secret>> answer;
        m_prompt->askMfaCode({ .profile = {}, .mfaSerial = u"GAHT12345678"_s }, m_context.get(),
            [&answer](const Result<Secret> &code) { answer = code; });
        QTest::keyClick(widget("mfaDialog"), Qt::Key_Escape);
        QVERIFY(answer && !*answer);
        QCOMPARE(answer->error().kind, Error::Kind::Cancelled);
    }

    void isWithdrawnWithItsContext()
    {
        bool answered = false;
        m_prompt->askMfaCode({ .profile = {}, .mfaSerial = u"GAHT12345678"_s }, m_context.get(),
            [&answered](const Result<Secret> &) { answered = true; });
        m_prompt->showDeviceAuthorization(
            authorization(), m_context.get(), [&answered](const Error &) { answered = true; });
        QVERIFY(widget("mfaDialog"));
        QVERIFY(widget("deviceCodeDialog"));
        m_context.reset();
        QTRY_VERIFY(!widget("mfaDialog"));
        QTRY_VERIFY(!widget("deviceCodeDialog"));
        QVERIFY(!answered);
    }

    void showsTheCodeAndOpensTheBrowserWhenTold()
    {
        bool cancelled = false;
        m_prompt->showDeviceAuthorization(
            authorization(), m_context.get(), [&cancelled](const Error &) { cancelled = true; });
        everythingHasAName("deviceCodeDialog");
        QCOMPARE(widget<QLabel>("userCode")->text(), u"ABCD-EFGH"_s);
        QVERIFY(widget<QLabel>("codeTime")->text().contains(u"10 min left"_s));
        QVERIFY(m_opened.isEmpty());
        QTest::mouseClick(widget("openBrowser"), Qt::LeftButton);
        QCOMPARE(m_opened, QList<QUrl>({ QUrl(u"https://device.sso.example/?code=ABCD"_s) }));
        QTest::mouseClick(widget("copyCode"), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"ABCD-EFGH"_s);
        QVERIFY(widget("deviceCodeDialog")->isVisible()); // it waits for the browser
        QTest::mouseClick(widget("cancelCode"), Qt::LeftButton);
        QVERIFY(cancelled);
    }

    void opensNothingButWebPages_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("opens");
        QTest::newRow("https") << u"https://device.sso.example/"_s << true;
        QTest::newRow("this computer") << u"http://127.0.0.1:8080/"_s << true;
        QTest::newRow("in clear") << u"http://device.sso.example/"_s << false;
        QTest::newRow("a file") << u"file:///etc/passwd"_s << false;
        QTest::newRow("another program") << u"ssh://device.sso.example/"_s << false;
    }
    void opensNothingButWebPages()
    {
        QFETCH(QString, url);
        m_prompt->showDeviceAuthorization(authorization(url), m_context.get(), [](const Error &) {});
        QTEST(widget("openBrowser")->isEnabled(), "opens");
    }

    void asksForTheProxysPassword()
    {
        std::optional<Result<ProxyCredentials>> answer;
        m_prompt->askProxyPassword({ .proxy = u"proxy.example:3128"_s }, m_context.get(),
            [&answer](const Result<ProxyCredentials> &credentials) { answer = credentials; });
        everythingHasAName("proxyDialog");
        QVERIFY(!widget("proxySignIn")->isEnabled());
        QTest::keyClicks(widget("proxyUser"), u"ann"_s);
        QTest::keyClicks(widget("proxyPassword"), u"CANARY"_s);
        QCOMPARE(widget<QLineEdit>("proxyPassword")->echoMode(), QLineEdit::Password);
        QTest::keyClick(widget("proxyPassword"), Qt::Key_Return);
        QVERIFY(answer && *answer);
        QCOMPARE((*answer)->user, u"ann"_s);
        QVERIFY((*answer)->password.expose() == QByteArrayView("CANARY"));
    }
};

QTEST_MAIN(TestWindowPrompt)
#include "tst_windowprompt.moc"
