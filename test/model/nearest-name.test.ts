import { test } from 'tap'
import { nearestName } from '../../src/model/nearest-name.js'

const KNOWN = ['member.hukouCode', 'member.householdCode', 'household.hukouCode', 'member.age']

test('the known name with the fewest edits is the nearest, of equals the first', async (t) => {
  t.equal(nearestName('member.hukoCode', KNOWN), 'member.hukouCode')
  t.equal(nearestName('household.hukuCode', KNOWN), 'household.hukouCode')
  t.equal(nearestName('member.ages', KNOWN), 'member.age')
  t.equal(nearestName('cat', ['hat', 'bat', 'can']), 'hat')
  t.equal(nearestName('cat', ['xxt', 'catt', 'at']), 'catt')
  t.equal(nearestName('cat', new Set(['cat', 'cats']).keys()), 'cat')
})

test('letters of either case are alike', async (t) => {
  t.equal(nearestName('MEMBER.AGE', KNOWN), 'member.age')
  t.equal(nearestName('aBc', ['xbc', 'AbC']), 'AbC')
})

test('of a long name the first 64 letters count', async (t) => {
  const long = 'a'.repeat(64)
  t.equal(nearestName(`${long}${'b'.repeat(1000)}`, ['a'.repeat(60), long]), long)
  t.equal(nearestName(long, ['a'.repeat(63), `${long}bbb`]), `${long}bbb`)
})

test('where nothing is known nothing is named', async (t) => {
  t.equal(nearestName('a', []), '')
})
