// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/terminalprompt.h"

#include "cli/console.h"
#include "cli/message.h"

#include <algorithm>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

//! As it is typed: with the option, and quoted where the shell wants it.
QString profileOption(const QString &profile)
{
    if (profile.isEmpty())
        return {};
    const bool plain = std::all_of(
        profile.begin(), profile.end(), [](QChar c) { return c.isLetterOrNumber() || u"-_.@+/"_s.contains(c); });
    return u" --profile "_s + (plain ? profile : u"'%1'"_s.arg(QString(profile).replace(u'\'', u"'\\''"_s)));
}

QString profileWords(const QString &profile)
{
    return profile.isEmpty() ? u"The profile"_s : u"The profile "_s + oneLine(profile);
}

//! Of what the service wrote: nothing but a page may be opened.
bool isPage(const QUrl &url) { return url.isValid() && (url.scheme() == "https"_L1 || url.scheme() == "http"_L1); }

} // namespace

TerminalPrompt::TerminalPrompt(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{
}

TerminalPrompt::~TerminalPrompt()
{
    if (m_asking)
        console::holdProgress(false);
}

void TerminalPrompt::askMfaCode(
    const MfaQuestion &question, QObject *context, std::function<void(const Result<Secret> &)> done)
{
    QString text;
    if (!question.problem.isEmpty())
        text = u"optout-browser: %1\n"_s.arg(oneLine(question.problem));
    text += u"optout-browser: MFA code of %1%2: "_s.arg(oneLine(question.mfaSerial),
        question.profile.isEmpty() ? QString() : u" for profile "_s + oneLine(question.profile));
    ask({ .text = text,
        .echo = TerminalLine::Echo::Hidden,
        .context = context,
        .done = [this, question, context, done = std::move(done)](const Result<Secret> &typed) {
            if (typed && !isMfaCode(*typed)) {
                MfaQuestion again = question;
                again.problem = u"That was no code: it has six digits."_s;
                askMfaCode(again, context, done);
            } else if (!typed && typed.error().kind == Error::Kind::NoCredentials) {
                done(Error { .kind = Error::Kind::NoCredentials,
                    .detail = u"%1 asks for an MFA code of %2, and %3. Run this in a terminal; or run 'aws configure "
                              "export-credentials%4 --format env' in one, and set the variables it prints."_s.arg(
                                  profileWords(question.profile), oneLine(question.mfaSerial), typed.error().detail,
                                  profileOption(question.profile)) });
            } else if (!typed) {
                done(Error { .kind = Error::Kind::Cancelled, .detail = u"No MFA code was given."_s });
            } else {
                done(typed);
            }
        } });
}

void TerminalPrompt::showDeviceAuthorization(
    const DeviceAuthorization &authorization, QObject *context, std::function<void(const Error &)> cancelled)
{
    if (!console::canShowProgress() && !TerminalLine::isThere(m_parts.terminal)) {
        const Error error { .kind = Error::Kind::NoCredentials,
            .detail = u"%1 needs a sign-in to IAM Identity Center, and there is no terminal to show its address on. "
                      "Run 'aws sso login%2' first."_s.arg(
                          profileWords(authorization.profile), profileOption(authorization.profile)) };
        QMetaObject::invokeMethod(
            context, [cancelled = std::move(cancelled), error] { cancelled(error); }, Qt::QueuedConnection);
        return;
    }
    const bool opens = m_parts.openBrowser && isPage(authorization.verificationUrl);
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(authorization.expiresIn).count();
    tell(u"%1 needs a sign-in to IAM Identity Center. %2: %3"_s.arg(profileWords(authorization.profile),
        opens ? u"The browser opens this page"_s : u"Open this page in a browser"_s,
        oneLine(authorization.verificationUrl.toString(QUrl::FullyEncoded))));
    tell(u"Confirm there only the code %1, within %2 min. (To type it on another device: %3)"_s.arg(
        oneLine(authorization.userCode), QString::number(minutes),
        oneLine(authorization.plainUrl.toString(QUrl::FullyEncoded))));
    if (opens)
        m_parts.openBrowser(authorization.verificationUrl);
}

void TerminalPrompt::askProxyPassword(
    const Question &question, QObject *context, std::function<void(const Result<ProxyCredentials> &)> done)
{
    QString text;
    if (!question.problem.isEmpty())
        text = u"optout-browser: %1\n"_s.arg(oneLine(question.problem));
    text += u"optout-browser: user for the proxy %1: "_s.arg(oneLine(question.proxy));
    ask({ .text = text,
        .echo = TerminalLine::Echo::Shown,
        .context = context,
        .done = [this, context, done = std::move(done)](const Result<Secret> &user) {
            if (!user) {
                done(user.error());
                return;
            }
            ask({ .text = u"optout-browser: password: "_s,
                .echo = TerminalLine::Echo::Hidden,
                .context = context,
                .done = [done, user = QString::fromUtf8(user->expose())](const Result<Secret> &password) {
                    if (password)
                        done(ProxyCredentials { .user = user, .password = *password });
                    else
                        done(password.error());
                } });
        } });
}

void TerminalPrompt::ask(const Line &line)
{
    m_lines << line;
    connect(line.context, &QObject::destroyed, this, [this] {
        // A question that nobody waits for is taken from the terminal.
        if (m_asking && !m_lines.first().context)
            answer(m_serial, Error {});
    });
    if (!m_asking)
        QMetaObject::invokeMethod(this, &TerminalPrompt::askNext, Qt::QueuedConnection);
}

void TerminalPrompt::askNext()
{
    while (!m_lines.isEmpty() && !m_lines.first().context)
        m_lines.removeFirst();
    if (m_asking || m_lines.isEmpty())
        return;
    m_asking = std::make_unique<TerminalLine>(m_parts.terminal);
    // Queued: the line goes with its answer, which must not be from inside its own signal.
    connect(
        m_asking.get(), &TerminalLine::typed, this,
        [this, serial = ++m_serial](const Result<Secret> &typed) { answer(serial, typed); }, Qt::QueuedConnection);
    console::holdProgress(true);
    const Result<Done> asked = m_asking->ask(m_lines.first().text, m_lines.first().echo);
    if (!asked)
        answer(m_serial, asked.error());
}

void TerminalPrompt::answer(int serial, const Result<Secret> &typed)
{
    if (!m_asking || serial != m_serial)
        return;
    m_asking.reset();
    console::holdProgress(false);
    const Line line = m_lines.takeFirst();
    if (!m_lines.isEmpty())
        QMetaObject::invokeMethod(this, &TerminalPrompt::askNext, Qt::QueuedConnection);
    if (line.context)
        line.done(typed);
}

void TerminalPrompt::tell(const QString &text) const
{
    console::say(text);
    if (!console::canShowProgress())
        TerminalLine::tell(m_parts.terminal, u"optout-browser: %1\n"_s.arg(text));
}

} // namespace optout
