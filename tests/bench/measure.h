// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "domain/optedoutnumber.h"

#include <QString>

#include <functional>
#include <random>
#include <vector>

namespace optout::bench {

//! Milliseconds that the work took: the median of so many runs. \a prepare runs before each and is not counted.
double median(int runs, const std::function<void()> &work, const std::function<void()> &prepare = {});
//! The same in milliseconds of processor time, of all threads together: what else runs on the machine counts for less.
double medianCpu(int runs, const std::function<void()> &work, const std::function<void()> &prepare = {});
//! The middle one of figures that are there already.
double medianOf(std::vector<double> figures);

//! Writes all figures from now on to a file, too: an object of JSON a line, with part, rows and runs as told to
//! beginPart(), and what, value and unit; compared_with and other (in the same unit) where there is a comparison.
//! "what" stays the same from run to run: a remark in brackets at its end goes to remark.
//! \return whether the file can be written
bool keepFigures(const QString &fileName);
void beginPart(const QString &part, quint32 rows, int runs);

//! One line of the table: what, how long, how long what it is compared with, and the ratio of the first to the second.
void print(const QString &what, double milliseconds);
void print(const QString &what, double milliseconds, const QString &comparedWith, double otherMilliseconds);
void printFigure(const QString &what, double figure, const QString &unit);
//! How much of each row the memory grew by, as residentBytes() told it before and now. Prints nothing where the system
//! does not tell: 0 bytes would keep to any bound.
void printRowMemory(const QString &what, qint64 before, qint64 now, quint32 rows);

qint64 residentBytes(); //!< memory of this process that is really there; 0 where the system does not tell
qint64 mostResidentBytes(); //!< the most since forgetPeak()
void forgetPeak();

//! Numbers as a big sender's list has them: most in North America, the rest across the world, all times within six
//! years, three in four by the person.
class LifelikeRows {
public:
    OptedOutNumber next();
    std::vector<OptedOutNumber> next(std::size_t count);

private:
    std::mt19937_64 m_random { 42 };
};

// The parts of the bench, each for one size. \a runs is how often each figure is taken.
void benchStore(quint32 rows, int runs);
void benchCsv(quint32 rows, int runs);
void benchProxy(quint32 rows, int runs);
void benchAppend(quint32 rows, int runs);
void benchView(quint32 rows, int runs);
void benchEvents(quint32 rows, int runs);
void benchFinding(quint32 rows, int runs);
void benchCopy(quint32 rows, int runs);

} // namespace optout::bench
