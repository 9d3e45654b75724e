// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/numberspace.h"

#include <algorithm>
#include <array>

namespace optout::demo {

namespace {

// Area codes in service in the United States and in Canada (NANPA, "NPA database"), not all of them.
constexpr std::array usAreaCodes { 201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219,
    224, 225, 228, 229, 231, 234, 239, 240, 248, 251, 252, 253, 254, 256, 260, 262, 267, 269, 270, 276, 281, 301, 302,
    303, 304, 305, 307, 308, 309, 310, 312, 313, 314, 315, 316, 317, 318, 319, 320, 321, 323, 330, 334, 336, 337, 347,
    352, 360, 361, 386, 401, 402, 404, 405, 406, 407, 408, 409, 410, 412, 413, 414, 415, 417, 419, 423, 425, 432, 434,
    435, 440, 443, 469, 478, 480, 484, 501, 502, 503, 504, 505, 507, 508, 509, 510, 512, 513, 515, 516, 517, 518, 520,
    530, 540, 541, 559, 561, 562, 563, 570, 571, 573, 574, 580, 585, 586, 601, 602, 603, 605, 606, 607, 608, 609, 610,
    612, 614, 615, 616, 617, 618, 619, 620, 623, 626, 630, 631, 636, 641, 646, 650, 651, 660, 661, 662, 678, 701, 702,
    703, 704, 706, 707, 708, 712, 713, 714, 715, 716, 717, 718, 719, 720, 724, 727, 732, 734, 740, 757, 760, 763, 765,
    770, 772, 773, 775, 781, 785, 786, 801, 802, 803, 804, 805, 806, 808, 810, 812, 813, 814, 815, 816, 817, 818, 828,
    830, 831, 832, 843, 845, 847, 850, 856, 858, 859, 860, 863, 864, 865, 870, 901, 903, 904, 906, 907, 908, 909, 910,
    912, 913, 914, 915, 916, 917, 918, 919, 920, 925, 928, 931, 936, 937, 940, 941, 949, 952, 954, 956, 970, 971, 972,
    973, 978, 979, 980, 985, 989 };
constexpr std::array canadianAreaCodes { 204, 226, 236, 249, 250, 289, 306, 343, 403, 416, 418, 437, 438, 450, 506, 514,
    519, 579, 581, 587, 604, 613, 647, 705, 709, 778, 780, 807, 819, 867, 873, 902, 905 };

constexpr quint64 nanp(int areaCode, quint64 subscriber)
{
    return 10'000'000'000u + quint64(areaCode) * 10'000'000u + subscriber;
}

} // namespace

NumberSpace::NumberSpace()
{
    // People get texts on their mobiles, so where a plan keeps few mobile numbers for fiction, these come in first.
    enum {
        UnitedStates,
        Canada,
        BritishMobile,
        British,
        FrenchMobile,
        French,
        GermanMobile,
        German,
        Australian,
        Irish,
        SwedishMobile,
        Swedish,
        RuledOut
    };
    m_pools = {
        { .weight = 455, .utcOffsetHours = -6 },
        { .weight = 80, .utcOffsetHours = -5 },
        { .weight = 48, .utcOffsetHours = 0 },
        { .weight = 97, .utcOffsetHours = 0 },
        { .weight = 85, .utcOffsetHours = 1 },
        { .weight = 20, .utcOffsetHours = 1 },
        { .weight = 9, .utcOffsetHours = 1 },
        { .weight = 61, .utcOffsetHours = 1 },
        { .weight = 75, .utcOffsetHours = 10 },
        { .weight = 55, .utcOffsetHours = 0 },
        { .weight = 4, .utcOffsetHours = 1 },
        { .weight = 11, .utcOffsetHours = 1 },
        { .weight = 0, .utcOffsetHours = -6 },
    };

    // 555-0100 to 555-0199 of every area code are kept for fiction (NANPA, "555 line numbers"; ATIS-0300115).
    for (const int code : usAreaCodes)
        add(UnitedStates, nanp(code, 5'550'100), 100);
    for (const int code : canadianAreaCodes)
        add(Canada, nanp(code, 5'550'100), 100);

    // Ofcom, "Telephone numbers for use in TV and radio drama programmes": a thousand numbers each.
    add(BritishMobile, 447'700'900'000, 1000);
    add(British, 441'632'960'000, 1000); // no particular place
    for (const quint64 area : { 113, 114, 115, 116, 117, 118, 121, 131, 141, 151, 161 })
        add(British, 440'000'000'000 + area * 10'000'000 + 4'960'000, 1000); // Leeds to Manchester
    add(British, 441'914'980'000, 1000); // Tyneside
    add(British, 442'079'460'000, 1000); // London
    add(British, 442'920'180'000, 1000); // Cardiff

    // ARCEP, decision 2018-0881, numbering plan: blocks of ten thousand for audiovisual works; the first here is
    // mobile.
    add(FrenchMobile, 33'639'980'000, 10'000);
    for (const quint64 block : { 19900, 26191, 35301, 46571, 53649 })
        add(French, 33'000'000'000 + block * 10'000, 10'000);

    // Bundesnetzagentur, notice 148/2021 (gazette 7/2021, "Drama Numbers"): Berlin, Frankfurt, Hamburg, Cologne,
    // Munich, and two blocks of a hundred that mobile operators keep free.
    for (const quint64 block : { 493'023'125u, 496'990'009u, 494'066'969u, 492'214'710u, 498'999'998u })
        add(German, block * 1000, 1000);
    add(GermanMobile, 4'917'139'200u * 100, 100);
    add(GermanMobile, 49'176'040'690u * 100, 100);

    // ACMA, "Phone numbers for use in TV shows, films and creative works": 5550 xxxx and 7010 xxxx in each of the four
    // geographic areas, and mobile numbers, of which these four stand side by side.
    for (const quint64 area : { 2, 3, 7, 8 }) {
        add(Australian, 61'000'000'000 + area * 100'000'000 + 55'500'000, 10'000);
        add(Australian, 61'000'000'000 + area * 100'000'000 + 70'100'000, 10'000);
    }
    add(Australian, 61'491'570'156, 4);

    // ComReg, Numbering Conditions of Use: 020 91x xxxx is for drama.
    add(Irish, 353'209'100'000, 100'000);

    // PTS, "Telefonnummer för användning i böcker, filmer etc.": one mobile range and four places.
    add(SwedishMobile, 46'701'740'605, 95);
    add(Swedish, 46'313'900'600, 100);
    add(Swedish, 46'406'280'400, 100);
    add(Swedish, 46'846'500'400, 100);
    add(Swedish, 46'980'319'200, 100);

    // Fiction has a few hundred thousand numbers; a list may ask for millions. In the North American plan a number is
    // NXX-NXX-XXXX with N from 2 to 9 (NANPA, "About the NANP"; ATIS-0300051), so an exchange code that begins with 0
    // or 1 exists nowhere: 000-0000 to 199-9999 of each area code can be nobody's.
    for (const int code : usAreaCodes)
        add(RuledOut, nanp(code, 0), 2'000'000);
    for (const int code : canadianAreaCodes)
        add(RuledOut, nanp(code, 0), 2'000'000);

    std::sort(m_byNumber.begin(), m_byNumber.end(), [](const Entry &a, const Entry &b) { return a.first < b.first; });
}

void NumberSpace::add(int pool, quint64 first, quint32 count)
{
    Pool &target = m_pools[std::size_t(pool)];
    m_byNumber.push_back({ first, count, { pool, target.size } });
    target.ranges.push_back({ first, count, target.size });
    target.size += count;
}

quint64 NumberSpace::Pool::numberAt(quint32 index) const
{
    const auto next = std::upper_bound(
        ranges.begin(), ranges.end(), index, [](quint32 value, const Range &range) { return value < range.offset; });
    const Range &range = *(next - 1);
    return range.first + (index - range.offset);
}

std::optional<NumberSpace::Place> NumberSpace::locate(quint64 number) const
{
    const auto next = std::upper_bound(m_byNumber.begin(), m_byNumber.end(), number,
        [](quint64 value, const Entry &entry) { return value < entry.first; });
    if (next == m_byNumber.begin())
        return std::nullopt;
    const Entry &entry = *(next - 1);
    if (number - entry.first >= entry.count)
        return std::nullopt;
    return Place { entry.place.pool, entry.place.index + quint32(number - entry.first) };
}

} // namespace optout::demo
