import fc from 'fast-check'
import { test } from 'tap'
import {
  CivilDate,
  dateText,
  dayOf,
  monthsBetween,
  shanghaiDate,
  yearsBetween,
} from '../../src/model/civil-date.js'

const SEED = 20_200_306
const RUNS = 2000

test('a civil date is a whole number of days, or no day', async (t) => {
  t.equal(dayOf('1970-01-01'), 0)
  t.equal(dayOf('1969-12-31'), -1)
  t.equal(dayOf('2020-02-29'), dayOf('2020-03-01') - 1)
  for (const text of [
    '2019-02-29',
    '2020-13-01',
    '2020-00-10',
    '2020-1-2',
    '2020-01-01T00:00Z',
    '',
    '2020/06/01',
    '2020 06 01',
    '+2020-06-01',
  ]) {
    t.ok(Number.isNaN(dayOf(text)), text)
    t.notOk(CivilDate.safeParse(text).success, text)
  }
  t.ok(CivilDate.safeParse('2020-02-29').success)
})

test('a day is written as it is read', async (t) => {
  for (const text of ['1850-01-01', '1941-03-15', '1970-01-01', '2000-02-29', '2200-12-31']) {
    t.equal(dateText(dayOf(text)), text)
  }
})

test('a birthday is in local winter time and in no time at all', async (t) => {
  // Shanghai kept summer time from 1940 to 1949 and from 1986 to 1991.
  t.equal(yearsBetween(dayOf('1940-06-01'), dayOf('2000-05-31')), 59)
  t.equal(yearsBetween(dayOf('1940-06-01'), dayOf('2000-06-01')), 60)
  t.equal(yearsBetween(dayOf('1986-05-04'), dayOf('2004-05-03')), 17)
  t.equal(yearsBetween(dayOf('1986-05-04'), dayOf('2004-05-04')), 18)
})

test('born on 29 February: a year older on 1 March, in a leap year on the day', async (t) => {
  const born = dayOf('2004-02-29')
  t.equal(yearsBetween(born, dayOf('2005-02-28')), 0)
  t.equal(yearsBetween(born, dayOf('2005-03-01')), 1)
  t.equal(yearsBetween(born, dayOf('2008-02-28')), 3)
  t.equal(yearsBetween(born, dayOf('2008-02-29')), 4)
  t.equal(yearsBetween(born, dayOf('2022-02-28')), 17)
  t.equal(yearsBetween(born, dayOf('2022-03-01')), 18)
})

test(`years are what the calendar counts (${RUNS} pairs)`, async (t) => {
  const day = fc.integer({ min: dayOf('1850-01-01'), max: dayOf('2200-12-31') })
  const counted = fc.property(day, day, (a, b) => {
    const [from, to] = [Math.min(a, b), Math.max(a, b)]
    const [born, then] = [dateText(from), dateText(to)]
    const before = then.slice(5) < born.slice(5) ? 1 : 0
    return yearsBetween(from, to) === Number(then.slice(0, 4)) - Number(born.slice(0, 4)) - before
  })
  t.doesNotThrow(() => fc.assert(counted, { seed: SEED, numRuns: RUNS }))
})

test('a month is over on the same day of the next', async (t) => {
  t.equal(monthsBetween(dayOf('2020-01-15'), dayOf('2020-02-14')), 0)
  t.equal(monthsBetween(dayOf('2020-01-15'), dayOf('2020-02-15')), 1)
  t.equal(monthsBetween(dayOf('2019-12-01'), dayOf('2020-03-06')), 3)
})

test('today is today in Shanghai', async (t) => {
  t.equal(shanghaiDate(new Date('2020-05-31T15:59:59Z')), '2020-05-31')
  t.equal(shanghaiDate(new Date('2020-05-31T16:00:00Z')), '2020-06-01')
})
