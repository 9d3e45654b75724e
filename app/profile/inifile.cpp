// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "profile/inifile.h"

#include "profile/pythontext.h"
#include "profile/shown.h"

#include <QHash>
#include <QStringDecoder>

#include <optional>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

//! More would only be repetitions of the first.
constexpr qsizetype maxProblems = 20;
//! [DEFAULT] is copied into each section: a product that a small file can make huge.
constexpr qsizetype maxInherited = 1'000'000;

//! Nothing if the bytes are no UTF-8. A byte order mark stays, as it does in Python.
std::optional<QString> decoded(QByteArrayView bytes)
{
    QStringDecoder decoder(
        QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom | QStringDecoder::Flag::Stateless);
    QString text = decoder(bytes);
    return decoder.hasError() ? std::nullopt : std::optional(std::move(text));
}

qsizetype indentOf(QStringView line) noexcept
{
    qsizetype indent = 0;
    while (indent < line.size() && isPythonSpace(line[indent]))
        ++indent;
    return indent;
}

bool isSecret(const QString &setting)
{
    return setting == "aws_secret_access_key"_L1 || setting == "aws_session_token"_L1
        || setting == "aws_security_token"_L1;
}

bool has(const IniFile::Section &section, const QString &setting)
{
    return section.settings.contains(setting) || section.secrets.contains(setting) || section.nested.contains(setting);
}

//! What holds the bytes of a text that has secrets in it. Does nothing while the text is shared.
void wipe(QString &text)
{
    if (text.isDetached())
        text.fill(u'\0');
    text = QString();
}

class Parser {
public:
    explicit Parser(const QString &path)
        : m_path(path)
    {
    }

    IniFile parse(const QByteArray &bytes)
    {
        if (std::optional<QString> text = decoded(bytes)) {
            readLines(*text);
            wipe(*text);
        } else {
            m_file.problems = { wrongBytes(bytes) };
        }
        endValue();
        inheritDefaults();
        return std::move(m_file);
    }

private:
    void readLines(QStringView text)
    {
        qsizetype start = 0;
        while (start < text.size()) {
            qsizetype end = start;
            while (end < text.size() && text[end] != u'\n' && text[end] != u'\r')
                ++end;
            ++m_line;
            if (!readLine(text.sliced(start, end - start)))
                return;
            const bool pair = end + 1 < text.size() && text[end] == u'\r' && text[end + 1] == u'\n';
            start = end + (pair ? 2 : 1);
        }
    }

    //! False where Python stops reading.
    bool readLine(QStringView line)
    {
        const QStringView content = stripped(line);
        if (content.isEmpty()) {
            if (m_setting)
                ++m_emptyLines; // part of the value if more of it follows
            return true;
        }
        if (content.front() == u'#' || content.front() == u';')
            return true;
        const qsizetype indent = indentOf(line);
        if (m_setting && indent > m_indent) {
            goOn(content);
            return true;
        }
        endValue();
        m_indent = indent;
        const qsizetype close = content.front() == u'[' ? content.lastIndexOf(u']') : -1;
        if (close >= 2)
            return startSection(content.sliced(1, close - 1).toString());
        if (!m_section)
            return stop(outsideOfSections(content));
        return startSetting(content);
    }

    void goOn(QStringView content)
    {
        m_value += QString(m_emptyLines + 1, u'\n');
        m_value += content;
        m_emptyLines = 0;
    }

    bool startSection(const QString &name)
    {
        // [DEFAULT] may come again, its settings not.
        if (name == "DEFAULT"_L1) {
            m_section = &m_defaults;
            return true;
        }
        const auto known = m_sectionLines.constFind(name);
        if (known != m_sectionLines.cend())
            return stop(u"the section [%1] is there twice: in line %2 and again here. Keep one of them"_s.arg(
                shown(name), QString::number(*known)));
        m_sectionLines.insert(name, m_line);
        m_file.sections.append(IniFile::Section { .name = name, .line = m_line });
        m_section = &m_file.sections.last();
        return true;
    }

    bool startSetting(QStringView content)
    {
        qsizetype sign = 0;
        while (sign < content.size() && content[sign] != u'=' && content[sign] != u':')
            ++sign;
        if (sign == content.size())
            return goOnAfter(u"this line is no setting: there is no \"=\" in it"_s);
        const QString name = stripped(content.first(sign)).toString().toLower();
        if (name.isEmpty())
            return goOnAfter(u"there is no name in front of the \"%1\""_s.arg(content[sign]));
        if (has(*m_section, name))
            return stop(u"the setting %1 is there twice in the section [%2]. Keep one of them"_s.arg(
                shown(name), shown(m_section->name)));
        m_section->settings.insert(name, QString()); // its place is taken from here on
        m_setting = name;
        m_value = stripped(content.sliced(sign + 1)).toString();
        return true;
    }

    //! The value is whole: it becomes text, or settings of its own when it had none in its first line.
    void endValue()
    {
        m_emptyLines = 0;
        if (!m_setting)
            return;
        if (m_value.startsWith(u'\n')) {
            m_section->settings.remove(*m_setting);
            readNested(m_section->nested[*m_setting]);
        } else if (isSecret(*m_setting)) {
            m_section->settings.remove(*m_setting);
            m_section->secrets.insert(*m_setting, Secret(m_value.toUtf8()));
            wipe(m_value);
        } else {
            m_section->settings.insert(*m_setting, m_value);
        }
        m_setting.reset();
        m_value = QString();
    }

    void readNested(QMap<QString, QString> &into)
    {
        for (const QStringView part : splitLines(m_value)) {
            const QStringView line = stripped(part);
            if (line.isEmpty())
                continue;
            const qsizetype sign = line.indexOf(u'=');
            if (sign < 0)
                goOnAfter(u"below \"%1 =\" in [%2], an indented line is no setting: there is no \"=\" in it"_s.arg(
                    shown(*m_setting), shown(m_section->name)));
            else // the names stay as they are: only those of settings are put into lower case
                into.insert(stripped(line.first(sign)).toString(), stripped(line.sliced(sign + 1)).toString());
        }
    }

    void inheritDefaults()
    {
        const qsizetype count = m_defaults.settings.size() + m_defaults.secrets.size() + m_defaults.nested.size();
        if (count == 0)
            return;
        if (count * m_file.sections.size() > maxInherited) {
            m_line = 0;
            stop(u"[DEFAULT] gives %1 settings to each of %2 sections, which is too many"_s.arg(
                QString::number(count), QString::number(m_file.sections.size())));
            return;
        }
        for (IniFile::Section &section : m_file.sections) {
            const IniFile::Section own = section;
            inherit(own, m_defaults.settings, section.settings);
            inherit(own, m_defaults.secrets, section.secrets);
            inherit(own, m_defaults.nested, section.nested);
        }
    }

    template <typename Value>
    static void inherit(const IniFile::Section &own, const QMap<QString, Value> &defaults, QMap<QString, Value> &into)
    {
        for (auto it = defaults.cbegin(); it != defaults.cend(); ++it) {
            if (!has(own, it.key()))
                into.insert(it.key(), it.value());
        }
    }

    Error wrongBytes(QByteArrayView bytes)
    {
        qsizetype start = 0;
        while (start < bytes.size()) {
            ++m_line;
            qsizetype end = bytes.indexOf('\n', start);
            end = end < 0 ? bytes.size() : end;
            if (!decoded(bytes.sliced(start, end - start)))
                break;
            start = end + 1;
        }
        return problem(u"there are bytes that are not UTF-8. Save the file as UTF-8"_s);
    }

    QString outsideOfSections(QStringView content) const
    {
        if (content.front() == QChar(QChar::ByteOrderMark))
            return u"the file begins with a byte order mark, which the AWS CLI does not take either. Save it as UTF-8 "
                   "without one (without \"BOM\")"_s;
        return u"there is text before the first section. Begin with a header such as [default]"_s;
    }

    Error problem(const QString &words) const
    {
        const QString place = m_line > 0 ? u"%1, line %2"_s.arg(m_path, QString::number(m_line)) : m_path;
        return Error { .kind = Error::Kind::InvalidInput, .detail = u"%1: %2."_s.arg(place, words) };
    }

    bool stop(const QString &words)
    {
        goOnAfter(words);
        return false;
    }

    //! Python tells all such lines at the end.
    bool goOnAfter(const QString &words)
    {
        if (m_file.problems.size() < maxProblems)
            m_file.problems.append(problem(words));
        return true;
    }

    const QString &m_path;
    IniFile m_file {};
    IniFile::Section m_defaults { .name = u"DEFAULT"_s };
    QHash<QString, qsizetype> m_sectionLines {};
    IniFile::Section *m_section = nullptr; //!< points into m_file until the next section begins
    std::optional<QString> m_setting {};
    QString m_value {};
    qsizetype m_emptyLines = 0;
    qsizetype m_indent = 0;
    qsizetype m_line = 0;
};

} // namespace

IniFile parseIni(const QString &path, const QByteArray &text) { return Parser(path).parse(text); }

} // namespace optout
