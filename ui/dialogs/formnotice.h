// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>
#include <QList>

#include <functional>

class QHBoxLayout;
class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;

namespace optout {

//! What a dialog has to say about what was just done or is being done: text, details on demand, and below them what can
//! be done about it. Beside the fields it would be too narrow for a bar.
class FormNotice final : public QFrame {
    Q_OBJECT
public:
    struct Action {
        QString text; //!< with its mnemonic
        QString name; //!< object name of the button
        std::function<void()> run;
    };
    struct Content {
        QString icon {}; //!< freedesktop name
        QString headline {};
        QString text {}; //!< further sentences
        QString details {}; //!< lines for support, hidden at first
        QList<Action> actions {};
        bool busy = false; //!< shows that something is under way
    };

    explicit FormNotice(QWidget *parent = nullptr);

    void show(const Content &content);
    void setHeadline(const QString &headline); //!< the rest stays
    void clear(); //!< hides it
    QString text() const; //!< all that is told, for tests and assistive tools
    void focusAction(); //!< the first button

private:
    QLabel *m_icon;
    QLabel *m_headline;
    QLabel *m_text;
    QProgressBar *m_progress;
    QPushButton *m_more;
    QPlainTextEdit *m_details;
    QHBoxLayout *m_buttonRow;
    QList<QPushButton *> m_buttons;
};

} // namespace optout
