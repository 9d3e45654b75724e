// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogs/connectioninfo.h"

#include "dialogs/regionbox.h"

#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

QLabel *makeValue(const QString &objectName, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(objectName);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

ConnectionInfo::ConnectionInfo(QWidget *parent)
    : QWidget(parent)
    , m_name(makeValue(u"infoName"_s, this))
    , m_explanation(makeValue(u"infoExplanation"_s, this))
    , m_region(makeValue(u"infoRegion"_s, this))
    , m_endpoint(makeValue(u"infoEndpoint"_s, this))
    , m_problem(makeValue(u"infoProblem"_s, this))
    , m_rows(new QFormLayout)
{
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_rows->addRow(tr("Region:"), m_region);
    m_rows->addRow(tr("Endpoint URL:"), m_endpoint);
    QFont bold = font();
    bold.setBold(true);
    m_name->setFont(bold);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_name);
    layout->addWidget(m_explanation);
    layout->addSpacing(fontMetrics().height());
    layout->addLayout(m_rows);
    layout->addWidget(m_problem);
}

void ConnectionInfo::show(const Connection &connection)
{
    using Source = Connection::Source;
    const bool profile = connection.source == Source::Profile;
    m_name->setText(profile ? tr("Profile %1").arg(connection.name) : connection.name);
    m_explanation->setText(explanationOf(connection.source));
    m_region->setText(connection.region.isEmpty() ? tr("Not set") : RegionBox::shownName(connection.region));
    m_endpoint->setText(connection.endpointUrl);
    m_rows->labelForField(m_endpoint)->setVisible(!connection.endpointUrl.isEmpty());
    m_endpoint->setVisible(!connection.endpointUrl.isEmpty());
    QString problem = connection.problem;
    if (problem.isEmpty() && connection.region.isEmpty()) {
        problem = profile ? tr("Set a region for this profile: “aws configure set region REGION --profile %1”. The "
                               "program has to know which region to ask.")
                                .arg(connection.name)
                          : tr("Set AWS_REGION as well: the program has to know which region to ask.");
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

QString ConnectionInfo::explanationOf(Connection::Source source)
{
    switch (source) {
    case Connection::Source::Saved:
        break; // has a form
    case Connection::Source::Profile:
        return tr("From the config and credentials files of the AWS CLI, and signed in with as the CLI does. To change "
                  "it, change the files: that shows here at once.");
    case Connection::Source::Environment:
        return tr("From the environment variables AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, if set, "
                  "AWS_SESSION_TOKEN, or those of a web identity or a container. To change it, set the variables and "
                  "start the program again.");
    case Connection::Source::Demo:
        return tr("Invented lists, served by the program itself. They need no account, and nothing is sent to AWS.");
    }
    return {};
}

} // namespace optout
