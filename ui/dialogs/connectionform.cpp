// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogs/connectionform.h"

#include "dialogs/fieldnote.h"
#include "dialogs/regionbox.h"
#include "dialogs/secretedit.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using Field = ConnectionField;

namespace {

QLineEdit *makeLine(const QString &objectName, const QString &accessibleName, QWidget *parent)
{
    auto *edit = new QLineEdit(parent);
    edit->setObjectName(objectName);
    edit->setAccessibleName(accessibleName);
    return edit;
}

} // namespace

ConnectionForm::ConnectionForm(const ConnectionList &connections, QWidget *parent)
    : QWidget(parent)
    , m_connections(connections)
    , m_layout(new QFormLayout(this))
    , m_name(makeLine(u"connectionName"_s, tr("Name"), this))
    , m_region(new RegionBox(this))
    , m_accessKeyId(makeLine(u"accessKeyId"_s, tr("Access key ID"), this))
    , m_secret(new SecretEdit(tr("Secret access key"), this))
    , m_token(new SecretEdit(tr("Session token"), this))
    , m_keep(new QCheckBox(tr("&Keep the keys in the keychain"), this))
    , m_keepHint(new QLabel(this))
    , m_advanced(new QToolButton(this))
    , m_endpoint(makeLine(u"endpointUrl"_s, tr("Endpoint URL"), this))
    , m_role(makeLine(u"roleArn"_s, tr("ARN of the role to assume"), this))
    , m_externalId(makeLine(u"externalId"_s, tr("External ID"), this))
    , m_mfa(makeLine(u"mfaSerial"_s, tr("MFA device"), this))
    , m_fips(new QCheckBox(tr("Use the &FIPS endpoint"), this))
    , m_dualStack(new QCheckBox(tr("Use the d&ual-stack endpoint (IPv4 and IPv6)"), this))
{
    m_region->setObjectName(u"region"_s);
    m_secret->lineEdit()->setObjectName(u"secretAccessKey"_s);
    m_token->lineEdit()->setObjectName(u"sessionToken"_s);
    m_token->setPlaceholderText(tr("Only for temporary keys"));
    m_keep->setObjectName(u"keepKeys"_s);
    m_fips->setObjectName(u"useFips"_s);
    m_dualStack->setObjectName(u"useDualStack"_s);
    m_endpoint->setPlaceholderText(tr("The region’s own"));
    m_accessKeyId->setInputMethodHints(Qt::ImhNoPredictiveText | Qt::ImhPreferUppercase);

    m_layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_layout->setContentsMargins(0, 0, 0, 0);
    addRow(tr("&Name:"), m_name, m_name, Field::Name);
    addRow(tr("&Region:"), m_region, m_region, Field::Region);
    addRow(tr("&Access key ID:"), m_accessKeyId, m_accessKeyId, Field::AccessKeyId);
    addRow(tr("Secret access ke&y:"), m_secret, m_secret->lineEdit(), Field::SecretAccessKey);
    addRow(tr("Session &token:"), m_token, m_token->lineEdit(), Field::SessionToken);
    m_layout->addRow(QString(), makeKeysPart());
    addAdvancedRows();

    for (QLineEdit *edit : { m_name, m_accessKeyId, m_endpoint, m_role, m_externalId, m_mfa })
        connect(edit, &QLineEdit::textEdited, this, &ConnectionForm::noteEdit);
    for (SecretEdit *edit : { m_secret, m_token })
        connect(edit, &SecretEdit::edited, this, &ConnectionForm::noteEdit);
    for (QCheckBox *box : { m_keep, m_fips, m_dualStack })
        connect(box, &QCheckBox::clicked, this, &ConnectionForm::noteEdit);
    connect(m_region, &RegionBox::edited, this, &ConnectionForm::noteEdit);
}

QWidget *ConnectionForm::makeKeysPart()
{
    auto *part = new QWidget(this);
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    m_keepHint->setTextFormat(Qt::PlainText);
    m_keepHint->setWordWrap(true);
    layout->addWidget(m_keep);
    layout->addWidget(m_keepHint);
    return part;
}

void ConnectionForm::addAdvancedRows()
{
    m_advanced->setObjectName(u"advanced"_s);
    m_advanced->setText(tr("Advanced"));
    m_advanced->setAccessibleName(tr("Advanced"));
    m_advanced->setCheckable(true);
    m_advanced->setAutoRaise(true);
    m_advanced->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_advanced->setFocusPolicy(Qt::StrongFocus);
    m_layout->addRow(m_advanced);
    m_advancedRows = { addRow(tr("En&dpoint URL:"), m_endpoint, m_endpoint, Field::Endpoint), m_fips, m_dualStack };
    m_layout->addRow(QString(), m_fips);
    m_layout->addRow(QString(), m_dualStack);
    addRoleRows();
    connect(m_advanced, &QToolButton::toggled, this, &ConnectionForm::showAdvanced);
    showAdvanced(false);
}

// The keys above are then only the way to the role.
void ConnectionForm::addRoleRows()
{
    m_role->setPlaceholderText(tr("None: the keys are used themselves"));
    m_externalId->setPlaceholderText(tr("Only if the role asks for one"));
    m_mfa->setPlaceholderText(tr("Only if the role asks for a code"));
    m_mfa->setToolTip(tr("ARN or serial number of the device; its code is asked for when you connect"));
    m_advancedRows += { addRow(tr("Assume a r&ole:"), m_role, m_role, Field::RoleArn),
        addRow(tr("E&xternal ID:"), m_externalId, m_externalId, Field::ExternalId),
        addRow(tr("&MFA device:"), m_mfa, m_mfa, Field::MfaSerial) };
    setTabOrder(m_dualStack, m_role);
    setTabOrder(m_role, m_externalId);
    setTabOrder(m_externalId, m_mfa);
}

void ConnectionForm::showAdvanced(bool shown)
{
    m_advanced->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
    for (QWidget *row : std::as_const(m_advancedRows))
        m_layout->setRowVisible(row, shown);
}

QWidget *ConnectionForm::addRow(const QString &label, QWidget *field, QWidget *buddy, ConnectionField kind)
{
    auto *cell = new QWidget(this);
    auto *layout = new QVBoxLayout(cell);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *note = new FieldNote(buddy, cell);
    note->setObjectName(buddy->objectName() + "Note"_L1);
    layout->addWidget(field);
    layout->addWidget(note);
    m_notes.insert(kind, note);
    auto *text = new QLabel(label, this);
    text->setBuddy(buddy);
    m_layout->addRow(text, cell);
    return cell;
}

void ConnectionForm::showNew(const QString &name) { show({ .name = name }, true); }

void ConnectionForm::showSaved(const Connection &connection, bool keysMissing) { show(connection, keysMissing); }

void ConnectionForm::show(const Connection &connection, bool keysMissing)
{
    m_shown = connection;
    m_keysMissing = keysMissing;
    m_checked = false;
    clearSecrets();
    const QSignalBlocker quiet(m_region); // nobody has edited it
    m_name->setText(connection.name);
    m_region->setRegion(connection.region);
    m_endpoint->setText(connection.endpointUrl);
    m_fips->setChecked(connection.useFips);
    m_dualStack->setChecked(connection.useDualStack);
    m_role->setText(connection.roleArn);
    m_externalId->setText(connection.externalId);
    m_mfa->setText(connection.mfaSerial);
    m_keep->setChecked(!connection.sessionOnly);
    m_advanced->setChecked(!connection.endpointUrl.isEmpty() || connection.useFips || connection.useDualStack
        || !connection.roleArn.isEmpty());
    const QString unchanged = keysMissing ? QString() : tr("Unchanged");
    m_accessKeyId->setPlaceholderText(unchanged);
    m_secret->setPlaceholderText(unchanged);
    showProblems({});
    refreshHints();
}

void ConnectionForm::focusFirst()
{
    QLineEdit *first = isNew() || !m_keysMissing ? m_name : m_accessKeyId;
    first->setFocus(Qt::OtherFocusReason);
    first->selectAll();
}

bool ConnectionForm::isModified() const { return connection() != m_shown || newKeys(); }

Connection ConnectionForm::connection() const
{
    Connection connection = m_shown;
    connection.name = m_name->text().simplified();
    connection.region = m_region->region();
    connection.endpointUrl = m_endpoint->text().trimmed();
    connection.roleArn = m_role->text().trimmed();
    connection.externalId = m_externalId->text().trimmed();
    connection.mfaSerial = m_mfa->text().trimmed();
    connection.useFips = m_fips->isChecked();
    connection.useDualStack = m_dualStack->isChecked();
    return connection;
}

std::optional<Credentials> ConnectionForm::newKeys() const
{
    const QString accessKeyId = m_accessKeyId->text().trimmed();
    if (accessKeyId.isEmpty() && m_secret->isEmpty() && m_token->isEmpty())
        return std::nullopt;
    return Credentials {
        .accessKeyId = accessKeyId, .secretAccessKey = m_secret->secret(), .sessionToken = m_token->secret()
    };
}

ConnectionList::KeepKeys ConnectionForm::keepKeys() const
{
    return m_keep->isChecked() && m_token->isEmpty() ? ConnectionList::KeepKeys::InKeychain
                                                     : ConnectionList::KeepKeys::ThisSession;
}

bool ConnectionForm::check(bool toUse)
{
    const ConnectionProblems::Map problems = ConnectionProblems::of(input(toUse));
    m_checked = !problems.isEmpty();
    showProblems(problems);
    if (problems.isEmpty())
        return true;
    if (problems.lastKey() >= Field::Endpoint)
        m_advanced->setChecked(true);
    widgetOf(problems.firstKey())->setFocus(Qt::OtherFocusReason);
    return false;
}

void ConnectionForm::clearSecrets()
{
    m_accessKeyId->clear();
    m_secret->clear();
    m_token->clear();
}

void ConnectionForm::noteEdit()
{
    if (m_checked)
        showProblems(ConnectionProblems::of(input(true)));
    refreshHints();
    emit edited();
}

void ConnectionForm::refreshHints()
{
    const Connection now = connection();
    QString region;
    if (!now.region.isEmpty() && !RegionBox::isKnown(now.region)) {
        region = tr("The service is not known to run in this region.");
    } else if (now.useFips && !RegionBox::hasFips(now.region) && !now.region.isEmpty()) {
        region = tr("AWS lists no FIPS endpoint for this region.");
    }
    m_notes.value(Field::Region)->setHint(region);

    const bool keysGiven = newKeys().has_value();
    const bool temporary = !m_token->isEmpty();
    // What happens to keys can be chosen when there are keys to keep.
    m_keep->setEnabled(keysGiven || m_keysMissing);
    m_keep->setVisible(!temporary);
    if (temporary) {
        m_keepHint->setText(tr("Temporary keys are kept for this session only: they expire within hours."));
    } else if (!isNew() && m_keysMissing && !keysGiven) {
        m_keepHint->setText(tr("The keys were kept for one session only. Enter them again."));
    } else {
        m_keepHint->setText(m_keep->isChecked() ? QString() : tr("The keys are forgotten when the program ends."));
    }
    m_keepHint->setVisible(!m_keepHint->text().isEmpty());
}

void ConnectionForm::showProblems(const ConnectionProblems::Map &problems)
{
    for (auto it = m_notes.cbegin(); it != m_notes.cend(); ++it)
        it.value()->setProblem(problems.value(it.key()));
}

ConnectionInput ConnectionForm::input(bool toUse) const
{
    const Connection entered = connection();
    return { .connection = entered,
        .accessKeyId = m_accessKeyId->text().trimmed(),
        .hasSecret = !m_secret->isEmpty(),
        .hasToken = !m_token->isEmpty(),
        .keysRequired = isNew() || (toUse && m_keysMissing),
        .nameFree = m_connections.isNameFree(entered.name, m_shown.id) };
}

QWidget *ConnectionForm::widgetOf(ConnectionField field) const
{
    switch (field) {
    case Field::Name:
        return m_name;
    case Field::Region:
        return m_region;
    case Field::AccessKeyId:
        return m_accessKeyId;
    case Field::SecretAccessKey:
        return m_secret;
    case Field::SessionToken:
        return m_token;
    case Field::Endpoint:
        return m_endpoint;
    case Field::RoleArn:
        return m_role;
    case Field::ExternalId:
        return m_externalId;
    case Field::MfaSerial:
        return m_mfa;
    }
    Q_UNREACHABLE();
}

} // namespace optout
