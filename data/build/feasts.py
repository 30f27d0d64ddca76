#!/usr/bin/env python3
"""Writes time/feasts.tsv: the days of feasts that follow the moon, 1950 to 2050.

  data/build/feasts.py           write the table
  data/build/feasts.py --check   compare it with what is there

Needs the packages that REQUIREMENTS names (pip install): hijridate (calendar of Umm al-Qura), pyluach (Jewish calendar),
ephem (sun and moon, for the Hindu calendar). Names and definitions are written by hand from general knowledge.
"""
import argparse
import datetime
import math
import sys
from functools import lru_cache
from pathlib import Path

REQUIREMENTS = "hijridate==2.3.0 pyluach==2.3.0 ephem==4.2.1"

import ephem
from hijridate import Hijri
from pyluach import dates as jewish

FIRST, LAST = 1950, 2050
TABLE = Path(__file__).resolve().parent.parent / "time" / "feasts.tsv"
HEAD = """\
# Written by data/build/feasts.py: the days of feasts that follow the moon, 1950 to 2050, in the
# format of holidays.tsv. Islamic days are those of the calendar of Umm al-Qura; where the moon
# decides, the feast may be a day off. Jewish feasts begin at sunset of the day before. Hindu,
# Sikh and Jain days are computed for Ujjain; where a lunar day touches two days of the
# calendar, tradition may choose the other. Licence: Apache-2.0.
name\ttype\tid\taliases\tprior\tpolicy
"""

# -- Islamic: month, day, days ---------------------------------------------------------------------

ISLAMIC = [
    ("Islamic New Year", 1, 1, 1, "Hijri New Year|Muslim New Year"),
    ("Ashura", 1, 10, 1, "Ashoura|Day of Ashura"),
    ("Arbaeen", 2, 20, 1, "Arba'een|Arbain"),
    ("Mawlid", 3, 12, 1, "Mawlid al-Nabi|Mawlid an-Nabi|Maulid|Milad un-Nabi|Eid Milad-un-Nabi|Eid-e-Milad|Eid Milad|"
     "Prophet's Birthday|Prophet Muhammad's birthday|birthday of the Prophet Muhammad"),
    ("Isra and Mi'raj", 7, 27, 1, "Isra and Miraj|Isra Mi'raj|Isra Miraj|Isra wal Miraj|Lailat al Miraj|Laylat al-Mi'raj|"
     "Shab-e-Miraj|Ascension to Heaven|Night Journey"),
    ("Shab-e-Barat", 8, 15, 1, "Shab e-Barat|Shab e Barat|Mid-Sha'ban|Nisfu Syaban"),
    ("Ramadan", 9, 1, 30, "Ramadhan|Ramzan"),
    ("Laylat al-Qadr", 9, 27, 1, "Lailat al-Qadr|Laylatul Qadr|Shab-e-Qadr|Night of Power|Night of Destiny|Night of Decree"),
    ("Eid al-Fitr", 10, 1, 1, "Eid al Fitr|Eid-al-Fitr|Eid ul-Fitr|Eid-ul-Fitr|Eid ul Fitr|Id al-Fitr|Id-ul-Fitr|Id ul-Fitr|"
     "Hari Raya Puasa|Hari Raya Aidilfitri|Idul Fitri|Ramzan Id|Ramzan Eid|Meethi Eid|Feast of Breaking the Fast"),
    ("Eid al-Adha", 12, 10, 1, "Eid al Adha|Eid-al-Adha|Eid ul-Adha|Eid-ul-Adha|Eid ul Adha|Id al-Adha|Id ul-Adha|Id-ul-Adha|"
     "Bakr Id|Bakri Id|Bakrid|Bakr Eid|Bakri Eid|Feast of the Sacrifice|Feast of Sacrifice|Sacrifice Feast|Festival of Sacrifice|"
     "Hari Raya Haji|Idul Adha|Tabaski|Kurban Bayrami|Kurban Bayram"),
]


def islamic_days(month, day):
    found = []
    for year in range(1368, 1475):
        if day > Hijri(year, month, 1).month_length():
            continue
        found.append(Hijri(year, month, day).to_gregorian())
    return [datetime.date(d.year, d.month, d.day) for d in found]


def last_fridays_of_ramadan():
    days = []
    for year in range(1368, 1475):
        first = Hijri(year, 9, 1)
        last = first.to_gregorian() + datetime.timedelta(first.month_length() - 1)
        days.append(datetime.date(last.year, last.month, last.day) - datetime.timedelta((last.weekday() - 4) % 7))
    return days


# -- Jewish: month (Nisan is 1), day, days ---------------------------------------------------------

JEWISH = [
    ("Rosh Hashanah", 7, 1, 2, "Rosh Hashana|Rosh ha-Shanah|Rosh Hashannah|Rosh Hashanna|Jewish New Year|Yom Teruah"),
    ("Yom Kippur", 7, 10, 1, "Day of Atonement|Yom Kippour"),
    ("Sukkot", 7, 15, 7, "Succot|Sukkoth|Succoth|Succos|Sukkos|Feast of Tabernacles|Feast of Booths|Feast of the Ingathering|"
     "Feast of Ingathering"),
    ("Shemini Atzeret", 7, 22, 1, "Shmini Atzeret|Shemini Atzereth"),
    ("Simchat Torah", 7, 23, 1, "Simhat Torah|Simchas Torah"),
    ("Hanukkah", 9, 25, 8, "Chanukah|Hanukah|Chanukkah|Hannukah|Hannukkah|Festival of Lights"),
    ("Tu BiShvat", 11, 15, 1, "Tu B'Shevat|Tu Bishvat|Tu B'Shvat"),
    ("Purim", 0, 14, 1, ""),
    ("Shushan Purim", 0, 15, 1, ""),
    ("Passover", 1, 15, 8, "Pesach|Pessah|Pesah"),
    ("Yom HaShoah", 1, 27, 1, "Yom Hashoah|Yom ha-Shoah|Holocaust Day|Holocaust Martyrs' and Heroes' Remembrance Day"),
    ("Yom Ha'atzmaut", 2, 5, 1, "Yom HaAtzmaut|Yom Haatzmaut|Israel's Independence Day|Israeli Independence Day"),
    ("Lag BaOmer", 2, 18, 1, "Lag B'Omer|Lag Ba'omer|Lag L'Omer"),
    ("Shavuot", 3, 6, 2, "Shavuoth|Shavuos|Shovuos|Feast of Weeks"),
    ("Tisha B'Av", 5, 9, 1, "Tisha Be'av|Tisha b'Av|Tisha BAv|Ninth of Av"),
]


def jewish_days(name, month, day):
    days = []
    for year in range(FIRST + 3759, LAST + 3763):
        m = month if month != 0 else (13 if jewish.HebrewDate(year, 1, 1).year and is_leap(year) else 12)
        d = jewish.HebrewDate(year, m, day)
        # Moved off the Sabbath and its neighbours, as in Israel. Weekdays of pyluach: Sunday is 1.
        if name == "Yom HaShoah":
            d = d - 1 if d.weekday() == 6 else d + 1 if d.weekday() == 1 and year >= 5757 else d
        if name == "Yom Ha'atzmaut":
            w = d.weekday()
            d = d - 1 if w == 6 else d - 2 if w == 7 else d + 1 if w == 2 and year >= 5764 else d
        if name == "Tisha B'Av" and d.weekday() == 7:
            d = d + 1
        days.append(d.to_pydate())
    return days


def is_leap(year):
    return (7 * year + 1) % 19 < 7


# -- Hindu: lunar month by its amanta name (1 is Chaitra), lunar day 1 to 30, when it must hold -----

SUNRISE, NOON, AFTERNOON, SUNSET, MOONRISE, MIDNIGHT, DAWN = "sunrise", "noon", "afternoon", "sunset", "moonrise", "midnight", "dawn"
HINDU = [
    ("Ugadi", 1, 1, SUNRISE, 1, 0, "Yugadi|Ougadi|Gudi Padwa|Samvatsaradi|Chaitra Sukhladi|Chaitra Sukladi|Chaitra Shukladi|Cheti Chand"),
    ("Ram Navami", 1, 9, NOON, 1, 0, "Rama Navami|Ramnavami"),
    ("Mahavir Jayanti", 1, 13, SUNRISE, 1, 0, "Mahaveer Jayanti|Mahavir Janma Kalyanak"),
    ("Hanuman Jayanti", 1, 15, SUNRISE, 1, 0, ""),
    ("Akshaya Tritiya", 2, 3, SUNRISE, 1, 0, "Akha Teej"),
    ("Buddha Purnima", 2, 15, SUNRISE, 1, 0, "Vaisakha|Vaisakha Purnima|Buddha Jayanti"),
    ("Rath Yatra", 4, 2, SUNRISE, 1, 0, "Ratha Yatra|Ratha-Yatra|Rathayatra"),
    ("Guru Purnima", 4, 15, SUNRISE, 1, 0, ""),
    ("Nag Panchami", 5, 5, SUNRISE, 1, 0, ""),
    ("Raksha Bandhan", 5, 15, SUNRISE, 1, 0, "Rakhi|Rakshabandhan"),
    ("Janmashtami", 5, 23, MIDNIGHT, 1, 0, "Krishna Janmashtami|Gokulashtami|Gokul Ashtami|Krishnashtami"),
    ("Ganesh Chaturthi", 6, 4, NOON, 1, 0, "Vinayaka Chaturthi|Ganesha Chaturthi"),
    ("Navaratri", 7, 1, SUNRISE, 9, 0, "Navratri|Navarathri|Sharad Navratri|Sharada Navaratri"),
    ("Durga Puja", 7, 6, SUNRISE, 5, 0, "Durgotsava|Durgotsav"),
    ("Durga Ashtami", 7, 8, SUNRISE, 1, 0, "Maha Ashtami|Mahashtami"),
    ("Maha Navami", 7, 9, SUNRISE, 1, 0, "Mahanavami"),
    ("Dussehra", 7, 10, AFTERNOON, 1, 0, "Dasara|Vijayadashami|Vijaya Dashami|Dussera|Dasehra"),
    ("Valmiki Jayanti", 7, 15, SUNRISE, 1, 0, "Maharishi Valmiki Jayanti|Pargat Diwas"),
    ("Karva Chauth", 7, 19, MOONRISE, 1, 0, "Karwa Chauth|Karaka Chaturthi"),
    ("Dhanteras", 7, 28, SUNSET, 1, 0, "Dhanatrayodashi|Dhantrayodashi"),
    ("Naraka Chaturdashi", 7, 29, SUNSET, 1, 0, "Narak Chaturdashi|Kali Chaudas|Choti Diwali|Chhoti Diwali|Small Diwali"),
    ("Diwali", 7, 30, SUNSET, 1, 0, "Deepavali|Dipawali|Deepawali|Divali|Lakshmi Puja"),
    ("Govardhan Puja", 8, 1, SUNRISE, 1, 0, "Annakut|Govardhan Pooja"),
    ("Bhai Dooj", 8, 2, SUNRISE, 1, 0, "Bhai Duj|Bhai Beej|Bhau Beej|Bhaiya Dooj|Bhai Phota"),
    ("Chhath", 8, 6, SUNRISE, 1, 0, "Chhath Puja|Chhath Parv|Chhath Pooja|Dala Puja|Dala Chhath|Surya Shashthi"),
    ("Guru Nanak Jayanti", 8, 15, SUNRISE, 1, 0, "Guru Nanak Gurpurab|Guru Nanak's birthday"),
    ("Guru Gobind Singh Jayanti", 10, 7, SUNRISE, 1, 0, "Guru Govind Singh Jayanti|Guru Gobind Singh's birthday|Guru Gobind Singh birthday"),
    ("Vasant Panchami", 11, 5, SUNRISE, 1, 0, "Basant Panchami|Saraswati Puja|Sri Panchami"),
    ("Guru Ravidas Jayanti", 11, 15, SUNRISE, 1, 0, "Guru Ravidass Jayanti|Guru Ravidas Birthday|Guru Ravidass Birthday|Ravidas Jayanti"),
    ("Dayananda Saraswati Jayanti", 11, 25, SUNRISE, 1, 0, "Saraswati Jayanti|Maharishi Dayananda Saraswati Jayanti|Dayanand Saraswati Jayanti"),
    ("Maha Shivaratri", 11, 29, MIDNIGHT, 1, 0, "Maha Shivratri|Mahashivratri|Mahashivaratri|Shivaratri|Shivratri"),
    ("Holika Dahan", 12, 15, SUNSET, 1, 0, "Kamudu Pyre|Chhoti Holi|Choti Holi"),
    ("Holi", 12, 15, SUNSET, 1, 1, "Dhulandi|Dhulivandan|Dhuleti|Phagwah|Rangwali Holi"),
]
# Days on which the sun enters a sign of the sidereal zodiac (1 is Aries), and days from it.
SOLAR = [
    ("Lohri", 10, -1, ""),
    ("Bhogi", 10, -1, "Bhogi Pongal|Bogi|Boghi"),
    ("Makar Sankranti", 10, 0, "Makara Sankranti|Makara Sankranthi|Makar Sankranthi|Maghi|Uttarayan"),
    ("Pongal", 10, 0, "Thai Pongal|Surya Pongal|Perum Pongal"),
    ("Mattu Pongal", 10, 1, "Maattu Pongal"),
    ("Kaanum Pongal", 10, 2, "Kanum Pongal|Kanni Pongal"),
    ("Vaisakhi", 1, 0, "Baisakhi|Vasakhi|Vaishakhi|Puthandu|Vishu"),
]
INDIA = datetime.timedelta(hours=5, minutes=30)


def ayanamsa(date):
    """Degrees between the tropical and the sidereal zodiac (Lahiri), to a minute of arc."""
    years = (ephem.Date(date) - ephem.Date("2000/1/1")) / 365.25
    return 23.853 + years * 50.29 / 3600


@lru_cache(maxsize=None)
def ecliptic(body, date):
    b = ephem.Sun(date) if body == "sun" else ephem.Moon(date)
    return math.degrees(ephem.Ecliptic(ephem.Equatorial(b.ra, b.dec, epoch=date), epoch=date).lon)


def lunar_day(date):
    return int((ecliptic("moon", date) - ecliptic("sun", date)) % 360 // 12) + 1


def sign(date):
    return int((ecliptic("sun", date) - ayanamsa(date)) % 360 // 30) + 1


@lru_cache(maxsize=None)
def moments(day):
    """The times of a civil day of India at which a lunar day may have to hold."""
    place = ephem.Observer()
    place.lat, place.lon, place.elevation, place.pressure, place.horizon = "23.18", "75.78", 0, 1010, "-0:34"
    place.date = ephem.Date(datetime.datetime.combine(day, datetime.time()) - INDIA)
    midnight = ephem.Date(place.date)
    rise = place.next_rising(ephem.Sun())
    sets = place.next_setting(ephem.Sun())
    return {SUNRISE: rise, SUNSET: ephem.Date(sets + 0.02), NOON: ephem.Date((rise + sets) / 2), AFTERNOON: ephem.Date(rise + 0.62 * (sets - rise)),
            MOONRISE: ephem.Date(sets + 0.09), MIDNIGHT: ephem.Date(midnight + 1)}


def hindu_months():
    """(month, first new moon, next new moon) without the leap months."""
    found = []
    new = ephem.next_new_moon(f"{FIRST - 1}/12/1")
    while new < ephem.Date(f"{LAST + 1}/3/1"):
        after = ephem.next_new_moon(ephem.Date(new + 1))
        a, b = sign(new), sign(after)
        if a != b:
            found.append((a % 12 + 1, new, after))  # the month in which the sun enters sign a + 1
        new = after
    return found


def hindu_days(months, month, day, moment, later):
    days = []
    for m, new, after in months:
        if m != month:
            continue
        middle = new + (day - 0.5) * (after - new) / 30
        guess = (ephem.Date(middle).datetime() + INDIA).date()
        around = [guess + datetime.timedelta(k) for k in (-2, -1, 0, 1, 2)]
        hold = [d for d in around if lunar_day(moments(d)[moment]) == day]
        if not hold:  # the lunar day begins after the moment of one day and ends before that of the next
            hold = [d for d in around if lunar_day(moments(d)[moment]) == (day - 2) % 30 + 1][-1:]
        days.append(hold[0] + datetime.timedelta(later))
    return days


def solar_days(s, later):
    days = []
    for year in range(FIRST, LAST + 1):
        lo = ephem.Date(f"{year}/{(s + 2) % 12 + 1}/8")
        hi = ephem.Date(lo + 12)
        while hi - lo > 1e-4:
            mid = ephem.Date((lo + hi) / 2)
            if sign(mid) == s:
                hi = mid
            else:
                lo = mid
        day = (ephem.Date(hi).datetime() + INDIA).date()
        if hi > moments(day)[SUNSET]:
            day += datetime.timedelta(1)
        days.append(day + datetime.timedelta(later))
    return days


def table():
    rows = []

    def row(name, days, aliases, count=1, sunset=False):
        days = sorted(d for d in days if FIRST <= d.year <= LAST)
        rule = "table:" + ",".join(d.isoformat() for d in days)
        if count > 1 or sunset:
            rule += f";{count}"
        if sunset:
            rule += ";sunset"
        rows.append(f"{name}\tHOLIDAY\t{rule}\t{aliases}\t1\tany\n")

    for name, month, day, count, aliases in ISLAMIC:
        row(name, islamic_days(month, day), aliases, count)
    row("Jumu'atul-Wida", last_fridays_of_ramadan(), "Jamat Ul-Vida|Jamat-ul-Vida|Jumat-ul-Wida|Jumatul Bidah|Alvida Jumma")
    for name, month, day, count, aliases in JEWISH:
        row(name, jewish_days(name, month, day), aliases, count, sunset=True)
    months = hindu_months()
    for name, month, day, moment, count, later, aliases in HINDU:
        row(name, hindu_days(months, month, day, moment, later), aliases, count)
    for name, s, later, aliases in SOLAR:
        row(name, solar_days(s, later), aliases)
    # A year of 365 days.
    row("Parsi New Year", [datetime.date(2018, 8, 17) + datetime.timedelta(365 * (y - 2018)) for y in range(FIRST, LAST + 1)],
        "Navroz of the Parsis|Pateti|Jamshedi Navroz")
    rows.sort(key=lambda r: r.split("\t", 1)[0].encode())
    return HEAD + "".join(rows)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--check", action="store_true")
    a = ap.parse_args()
    text = table()
    if not a.check:
        TABLE.write_text(text, encoding="utf-8")
    elif TABLE.read_text(encoding="utf-8") != text:
        sys.exit(f"{TABLE} is not what {Path(__file__).name} writes")


if __name__ == "__main__":
    main()
