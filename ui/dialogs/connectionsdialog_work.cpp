// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
//
// What the dialog does with a connection: saving, testing, connecting, deleting.

#include "dialogs/connectionform.h"
#include "dialogs/connectionlistview.h"
#include "dialogs/connectionsdialog.h"
#include "dialogs/dialogicon.h"
#include "dialogs/signinfacts.h"
#include "dialogs/testverdict.h"
#include "text/errortext.h"
#include "text/keychaintext.h"
#include "text/signintext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QStyle>

#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using KeepKeys = ConnectionList::KeepKeys;
using RemoveKeys = ConnectionList::RemoveKeys;

QObject *ConnectionsDialog::beginTask(const QString &headline)
{
    m_focusBefore = focusWidget();
    m_task = new QObject(this);
    refreshButtons();
    m_notice->show({ .headline = headline,
        .actions = { { tr("Cance&l"), u"cancelTask"_s, [this] { cancelTask(); } } },
        .busy = true });
    m_notice->focusAction();
    return m_task;
}

void ConnectionsDialog::endTask()
{
    // Later: what ends it is mostly a signal of something that is deleted with it.
    if (QObject *task = std::exchange(m_task, nullptr))
        task->deleteLater();
    m_notice->clear();
    refreshButtons();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::OtherFocusReason);
}

void ConnectionsDialog::cancelTask()
{
    if (!m_task)
        return;
    m_test.cancel();
    delete std::exchange(m_task, nullptr);
    endTask();
}

// Does the step, after asking about unsaved changes if there are any.
void ConnectionsDialog::guarded(const Step &step)
{
    if (!m_editing || !m_form->isModified()) {
        step();
        return;
    }
    QMessageBox *question =
        ask(u"unsavedQuestion"_s, tr("Save the changes to this connection?"), tr("They are lost otherwise."));
    question->setStandardButtons(QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
    question->setDefaultButton(QMessageBox::Save);
    connect(question, &QDialog::finished, this, [this, step](int answer) {
        if (answer == QMessageBox::Discard) {
            m_form->clearSecrets();
            step();
        } else if (answer == QMessageBox::Save && m_form->check(false)) {
            save(m_form->keepKeys(), step);
        }
    });
    question->open();
}

// A question in place of one that may still be open; the caller adds the answers and opens it.
QMessageBox *ConnectionsDialog::ask(const QString &objectName, const QString &question, const QString &more)
{
    delete m_question;
    m_question = new QMessageBox(this);
    m_question->setObjectName(objectName);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    m_question->setWindowTitle(windowTitle());
    m_question->setTextFormat(Qt::PlainText);
    m_question->setText(question);
    m_question->setInformativeText(more);
    const int size = style()->pixelMetric(QStyle::PM_MessageBoxIconSize, nullptr, this);
    m_question->setIconPixmap(dialogIcon(u"dialog-warning"_s).pixmap(size));
    return m_question;
}

void ConnectionsDialog::saveOnly()
{
    if (m_form->check(false)) {
        save(m_form->keepKeys(), [this] { m_notice->show({ .icon = u"dialog-ok"_s, .headline = tr("Saved.") }); });
    }
}

void ConnectionsDialog::save(KeepKeys keep, const Step &then)
{
    const Connection wanted = m_form->connection();
    const std::optional<Credentials> keys = m_form->newKeys();
    QObject *task = beginTask(keys && keep == KeepKeys::InKeychain
            ? tr("Saving the keys in the keychain, which may ask for its password…")
            : tr("Saving…"));
    ConnectionChange *change = m_form->isNew() ? m_connections.create(wanted, keys.value_or(Credentials {}), keep, task)
                                               : m_connections.update(wanted, keys, keep, task);
    connect(change, &ConnectionChange::finished, task, [this, then](const Result<Connection> &outcome) {
        endTask();
        if (!outcome) {
            saveFailed(outcome.error(), then);
            return;
        }
        {
            const QSignalBlocker quiet(m_list);
            m_list->dropNew();
            m_list->setCurrentId(outcome->id);
        }
        showCurrent();
        then();
    });
}

void ConnectionsDialog::saveFailed(const Error &error, const Step &then)
{
    if (!isKeychainError(error)) {
        const ErrorText text = describe(error);
        m_notice->show({ .icon = u"dialog-error"_s, .headline = text.headline, .text = text.advice });
        return;
    }
    const ErrorText text = describeKeychain(error, KeychainPurpose::Save);
    m_notice->show({ .icon = u"dialog-warning"_s,
        .headline = text.headline,
        .text = text.advice,
        .details = text.details,
        .actions = { { tr("&Keep for this session only"), u"keepForSession"_s,
                         [this, then] { save(KeepKeys::ThisSessionWithoutKeychain, then); } },
            { tr("&Try again"), u"tryAgain"_s, [this, then] { save(KeepKeys::InKeychain, then); } } } });
    m_notice->focusAction();
}

void ConnectionsDialog::connectNow()
{
    const auto leave = [this] {
        const QString id = m_shownId;
        accept();
        emit connectRequested(id);
    };
    if (!m_editing) {
        leave();
        return;
    }
    if (!m_form->check(true))
        return;
    if (m_form->isNew() || m_form->isModified())
        save(m_form->keepKeys(), leave);
    else
        leave();
}

void ConnectionsDialog::startTest()
{
    if (m_editing && !m_form->check(true))
        return;
    const std::optional<Connection> connection = m_editing ? m_form->connection() : m_connections.find(m_shownId);
    if (!connection)
        return;
    if (!m_editing || !(m_form->isNew() || m_form->isModified())) {
        openAndTest(*connection);
        return;
    }
    if (const std::optional<Credentials> keys = m_form->newKeys()) {
        beginTask(tr("Signing in…"));
        test(*connection, m_desk.openWith(*connection, *keys));
    } else {
        loadKeysAndTest(*connection);
    }
}

// As saved: what is found out belongs to the connection, and Connect goes on with it.
void ConnectionsDialog::openAndTest(const Connection &connection)
{
    const bool asksKeychain =
        connection.source == Connection::Source::Saved && !m_connections.hasKeysInMemory(connection.id);
    QObject *task = beginTask(asksKeychain ? tr("Asking the keychain for the keys…") : tr("Signing in…"));
    m_desk.open(connection, task, [this, connection](const SignInDesk::Outcome &signIn) { test(connection, signIn); });
}

// As typed, with the keys that are kept.
void ConnectionsDialog::loadKeysAndTest(const Connection &connection)
{
    QObject *task = beginTask(
        m_connections.hasKeysInMemory(connection.id) ? tr("Signing in…") : tr("Asking the keychain for the keys…"));
    CredentialJob *job = m_connections.credentialsFor(connection.id, task);
    connect(job, &CredentialJob::finished, task, [this, connection](const Result<Credentials> &keys) {
        test(connection, keys ? m_desk.openWith(connection, *keys) : SignInDesk::Outcome(signInError(keys.error())));
    });
}

void ConnectionsDialog::test(const Connection &connection, const SignInDesk::Outcome &signIn)
{
    if (!signIn) {
        testFinished(signIn.error());
        return;
    }
    m_notice->setHeadline(tr("Signing in, and asking AWS for the opt-out lists…"));
    m_facts->show(*signIn);
    m_test.start(connection, *signIn);
}

void ConnectionsDialog::testFinished(const Result<ConnectionReport> &outcome)
{
    const Connection connection =
        m_editing ? m_form->connection() : m_connections.find(m_shownId).value_or(Connection {});
    endTask();
    FormNotice::Content content = TestVerdict::of(outcome, connection);
    const bool keysGone = !outcome && outcome.error().code == "KeysMissing"_L1;
    if (outcome && !outcome->missing.isEmpty()) {
        content.actions = { { tr("Copy &policy"), u"copyPolicy"_s, [this] {
                                 QGuiApplication::clipboard()->setText(leastPolicy());
                                 m_notice->setHeadline(tr("The policy is on the clipboard."));
                             } } };
    } else if (keysGone) {
        m_form->showSaved(connection, true);
        m_form->focusFirst();
    } else if (!outcome && (isKeychainError(outcome.error()) || isSignInError(outcome.error()))) {
        content.actions = { { tr("&Try again"), u"tryAgain"_s, [this] { startTest(); } } };
    }
    m_notice->show(content);
}

void ConnectionsDialog::confirmRemoval()
{
    if (m_form->isNew()) { // nothing that could be missed
        m_form->clearSecrets();
        m_list->dropNew();
        showFirst();
        return;
    }
    const QString name = m_connections.find(m_shownId).value_or(Connection {}).name;
    QMessageBox *question = ask(u"deleteQuestion"_s, tr("Delete the connection “%1”?").arg(name),
        tr("Its keys are deleted from the keychain too. At AWS nothing changes."));
    question->setStandardButtons(QMessageBox::Cancel);
    question->setDefaultButton(QMessageBox::Cancel);
    QPushButton *yes = question->addButton(tr("&Delete"), QMessageBox::DestructiveRole);
    yes->setObjectName(u"confirmDelete"_s);
    connect(yes, &QPushButton::clicked, this, [this] { remove(RemoveKeys::Required); });
    question->open();
}

void ConnectionsDialog::remove(RemoveKeys removeKeys)
{
    QObject *task = beginTask(tr("Deleting the keys from the keychain…"));
    ConnectionChange *change = m_connections.remove(m_shownId, removeKeys, task);
    connect(change, &ConnectionChange::finished, task, [this](const Result<Connection> &outcome) {
        endTask();
        if (outcome) {
            m_form->clearSecrets();
            showFirst();
            return;
        }
        const ErrorText text = isKeychainError(outcome.error())
            ? describeKeychain(outcome.error(), KeychainPurpose::Remove)
            : describe(outcome.error());
        m_notice->show({ .icon = u"dialog-warning"_s,
            .headline = text.headline,
            .text = text.advice,
            .details = text.details,
            .actions = {
                { tr("Delete &from the list only"), u"removeFromList"_s, [this] { remove(RemoveKeys::IfPossible); } },
                { tr("&Try again"), u"tryAgain"_s, [this] { remove(RemoveKeys::Required); } } } });
        m_notice->focusAction();
    });
}

} // namespace optout
