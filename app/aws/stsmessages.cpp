// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/stsmessages.h"

#include "aws/isotime.h"

#include <QHash>
#include <QStringList>
#include <QXmlStreamReader>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype longestBody = 256 * 1024; // a session token is a few KB
constexpr qsizetype longestText = 64 * 1024; // of one element
constexpr qsizetype deepest = 16;

Error unreadable(const QString &why)
{
    return { .kind = Error::Kind::BadResponse, .detail = u"The answer cannot be understood: %1."_s.arg(why) };
}

//! Texts of the elements without children, by their path below the root: "AssumeRoleResult/Credentials/SessionToken".
class Texts {
public:
    ~Texts()
    {
        for (QByteArray &text : m_texts)
            wipe(text);
    }
    Texts() = default;
    Q_DISABLE_COPY_MOVE(Texts)

    std::optional<Error> read(const QByteArray &body);
    QByteArray take(const QString &path) { return m_texts.take(path); }
    QString text(const QString &path) const { return QString::fromUtf8(m_texts.value(path)); }
    bool isEmpty(const QString &path) const { return m_texts.value(path).isEmpty(); }
    bool has(const QString &path) const { return m_texts.contains(path); }
    const QString &root() const { return m_root; }

private:
    std::optional<Error> readToken(const QXmlStreamReader &reader);

    QHash<QString, QByteArray> m_texts;
    QString m_root;
    QStringList m_path;
    QString m_current;
};

std::optional<Error> Texts::read(const QByteArray &body)
{
    if (body.size() > longestBody)
        return unreadable(u"it is longer than %1 KiB"_s.arg(longestBody / 1024));
    QXmlStreamReader reader(body);
    while (!reader.atEnd()) {
        reader.readNext();
        if (const std::optional<Error> problem = readToken(reader))
            return problem;
    }
    if (reader.hasError())
        return unreadable(u"line %1 is no XML"_s.arg(reader.lineNumber()));
    return std::nullopt;
}

std::optional<Error> Texts::readToken(const QXmlStreamReader &reader)
{
    switch (reader.tokenType()) {
    case QXmlStreamReader::DTD:
    case QXmlStreamReader::EntityReference:
        return unreadable(u"it declares a document type or an entity"_s);
    case QXmlStreamReader::StartElement:
        if (m_root.isEmpty())
            m_root = reader.name().toString();
        else
            m_path += reader.name().toString();
        if (m_path.size() > deepest)
            return unreadable(u"it is nested too deep"_s);
        m_current.clear();
        return std::nullopt;
    case QXmlStreamReader::Characters:
        if (m_current.size() + reader.text().size() > longestText)
            return unreadable(u"an element is longer than %1 KiB"_s.arg(longestText / 1024));
        m_current += reader.text();
        return std::nullopt;
    case QXmlStreamReader::EndElement:
        if (!m_path.isEmpty()) {
            if (const QString path = m_path.join(u'/'); !m_texts.contains(path))
                m_texts.insert(path, m_current.trimmed().toUtf8());
            m_path.removeLast();
        }
        m_current.fill(u'\0');
        m_current.clear();
        return std::nullopt;
    case QXmlStreamReader::NoToken:
    case QXmlStreamReader::Invalid:
    case QXmlStreamReader::StartDocument:
    case QXmlStreamReader::EndDocument:
    case QXmlStreamReader::Comment:
    case QXmlStreamReader::ProcessingInstruction:
        return std::nullopt;
    }
    return std::nullopt;
}

//! "AssumeRoleResult" for "AssumeRoleResponse".
QString resultOf(const Texts &texts)
{
    QString name = texts.root();
    if (name.endsWith("Response"_L1))
        name.chop(8);
    return name + "Result"_L1;
}

QString messageOf(const Texts &texts)
{
    const QString lower = texts.text(u"Error/message"_s);
    return lower.isEmpty() ? texts.text(u"Error/Message"_s) : lower;
}

} // namespace

QByteArray writeStsForm(StsAction action, const QList<StsField> &fields)
{
    const auto encoded = [](QByteArrayView text) {
        return QByteArray::fromRawData(text.data(), text.size()).toPercentEncoding();
    };
    QByteArray out = "Action=" + queryNameOf(action) + "&Version=2011-06-15";
    qsizetype most = out.size();
    for (const auto &[name, value] : fields)
        most += 2 + 3 * (name.size() + value.size());
    out.reserve(most); // growing would leave copies behind
    for (const auto &[name, value] : fields) {
        if (name == "Action" || name == "Version") // the service could take the last one
            continue;
        QByteArray text = encoded(value);
        out += '&' + encoded(name) + '=';
        out += text;
        wipe(text);
    }
    return out;
}

Result<Credentials> readAssumedRole(const QByteArray &body)
{
    Texts texts;
    if (const std::optional<Error> problem = texts.read(body))
        return *problem;
    const QString at = resultOf(texts) + "/Credentials/"_L1;
    for (const QLatin1StringView name :
        { "AccessKeyId"_L1, "SecretAccessKey"_L1, "SessionToken"_L1, "Expiration"_L1 }) {
        if (texts.isEmpty(at + name))
            return unreadable(u"it has no %1"_s.arg(name));
    }
    const std::optional<Timestamp> expires = isoTime(texts.text(at + "Expiration"_L1));
    if (!expires)
        return unreadable(u"its Expiration is no time"_s);
    return Credentials { .accessKeyId = texts.text(at + "AccessKeyId"_L1),
        .secretAccessKey = Secret(texts.take(at + "SecretAccessKey"_L1)),
        .sessionToken = Secret(texts.take(at + "SessionToken"_L1)),
        .expires = expires };
}

Result<CallerIdentityText> readCallerIdentity(const QByteArray &body)
{
    Texts texts;
    if (const std::optional<Error> problem = texts.read(body))
        return *problem;
    const QString at = resultOf(texts) + u'/';
    CallerIdentityText out { .account = texts.text(at + "Account"_L1),
        .arn = texts.text(at + "Arn"_L1),
        .userId = texts.text(at + "UserId"_L1) };
    if (out.account.isEmpty() || out.arn.isEmpty())
        return unreadable(u"it has no Account or no Arn"_s);
    return out;
}

Error readStsError(int httpStatus, const HttpHeaders &headers, const QByteArray &body)
{
    ServiceError error = readServiceError(httpStatus, headers, {});
    Texts texts;
    if (texts.read(body) || !texts.has(u"Error/Code"_s))
        return toError(readServiceError(httpStatus, headers, body));
    error.code = texts.text(u"Error/Code"_s);
    error.shape = OtherServiceError { .code = error.code, .message = messageOf(texts) };
    if (const QString id = texts.text(u"RequestId"_s); !id.isEmpty())
        error.requestId = id;
    Error out = toError(error);
    // The identity provider did not answer STS in time: worth another try (API reference, AssumeRoleWithWebIdentity).
    if (out.code == "IDPCommunicationError"_L1)
        out.kind = Error::Kind::ServiceFault;
    return out;
}

} // namespace optout
