// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace optout {

class ElidingLabel;
class FindPresenter;

//! Finds numbers in the table, below which it stands: a field, the way to the next hit and the previous one, and how
//! many hits there are. Hidden until it is asked for.
class FindBar final : public QWidget {
    Q_OBJECT
public:
    //! How much of the list the table shows; what is not in there is not found.
    struct Reach {
        bool isWhole = true; //!< the list has been read to its end
        bool isFiltered = false; //!< the filters hide some of the rows
        bool operator==(const Reach &) const = default;
    };

    //! The presenter must outlive the bar.
    explicit FindBar(FindPresenter &find, QWidget *parent = nullptr);

    void open(); //!< shows it, to be typed in
    void dismiss(); //!< hides it; nothing is looked for any more. The text stays for the next time
    //! As open() when there is no text yet. Else the focus stays where it is.
    void findNext();
    void findPrevious(); //!< likewise
    void setReach(const Reach &reach);

signals:
    void dismissed(bool hadFocus); //!< it was in what is hidden now, and is to go somewhere

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void begin();
    bool beginAgain();
    void update();
    QString result() const;
    QString scope() const;
    void say(const QString &text);

    FindPresenter &m_find;
    QLineEdit *m_field;
    QPushButton *m_previous;
    QPushButton *m_next;
    ElidingLabel *m_result;
    QLabel *m_mark;
    QTimer m_patience; // a search is told of when it takes long: else the words would only flicker
    Reach m_reach;
    QString m_heard; // what was told to assistive tools last, without the count
};

} // namespace optout
