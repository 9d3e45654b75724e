// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/requestlog.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::Literals::StringLiterals;

namespace optout::demo {

Result<Done> RequestLog::open(const QString &fileName)
{
    if (fileName.isEmpty())
        return Done {};
    m_file.setFileName(fileName);
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
        return Error { .kind = Error::Kind::Storage,
            .detail = u"The log of requests %1 cannot be opened: %2."_s.arg(fileName, m_file.errorString()) };
    return Done {};
}

void RequestLog::add(qint64 call, const HttpRequest &request, const SignatureCheck::Finding &finding, int status)
{
    if (!m_file.isOpen())
        return;
    QJsonArray signedHeaders;
    for (const QByteArray &name : finding.signedHeaders)
        signedHeaders.append(QString::fromLatin1(name));
    // A body that is no JSON is told by null.
    const QJsonDocument body = QJsonDocument::fromJson(request.body);
    const QJsonObject line { { "call"_L1, call }, { "method"_L1, QString::fromLatin1(request.method) },
        { "path"_L1, QString::fromLatin1(request.target) },
        { "target"_L1, QString::fromLatin1(request.header("x-amz-target")) },
        { "contentType"_L1, QString::fromLatin1(request.header("content-type")) },
        { "body"_L1, body.isObject() ? QJsonValue(body.object()) : QJsonValue() },
        { "scope"_L1, QString::fromLatin1(finding.scope) }, { "signedHeaders"_L1, signedHeaders },
        { "status"_L1, status } };
    m_file.write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
}

} // namespace optout::demo
