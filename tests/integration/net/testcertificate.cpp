// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "testcertificate.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>

namespace optout {

using namespace Qt::Literals::StringLiterals;

bool makeTestCertificate(const QTemporaryDir &folder, const QString &name, const QString &subjectAltName)
{
    QProcess openssl;
    openssl.start(QStringLiteral(OPTOUT_OPENSSL),
        { u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s,
            u"-keyout"_s, folder.filePath(name + u".key"_s), u"-out"_s, folder.filePath(name + u".pem"_s), u"-subj"_s,
            u"/CN=%1"_s.arg(name), u"-addext"_s, u"subjectAltName=%1"_s.arg(subjectAltName) });
    if (openssl.waitForFinished() && openssl.exitStatus() == QProcess::NormalExit && openssl.exitCode() == 0)
        return true;
    qCritical("openssl: %s", openssl.readAllStandardError().constData());
    return false;
}

std::unique_ptr<ScriptedServer> serveTls(const QTemporaryDir &folder, const QString &name)
{
    QFile certificate(folder.filePath(name + u".pem"_s));
    QFile key(folder.filePath(name + u".key"_s));
    if (!certificate.open(QIODevice::ReadOnly) || !key.open(QIODevice::ReadOnly))
        return nullptr;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setLocalCertificate(QSslCertificate(&certificate));
    configuration.setPrivateKey(QSslKey(&key, QSsl::Ec));
    auto tls = std::make_unique<QSslServer>();
    tls->setSslConfiguration(configuration);
    return std::make_unique<ScriptedServer>(std::move(tls));
}

} // namespace optout
