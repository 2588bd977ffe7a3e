import { readdirSync } from 'node:fs'
import t from 'tap'
import { defectLine } from '../../src/rulebook/rulebook.js'
import { BAD, defectsOf, overlay } from '../support/rulebooks.js'

/** What each folder of fixtures/rulebooks/bad, laid over the good one, is refused for. */
const REFUSED: readonly (readonly [string, readonly string[]])[] = [
  [
    'amount-below-zero',
    [
      'amount-below-zero/town/living/2022-01-01.json /parameters/amount/value: an amount of money is never below 0',
      'amount-below-zero/town/living/2023-01-01.json /entitlement/amount: the amount can be below 0; put { "max": [{ "yuan": 0 }, …] } around it',
      'amount-below-zero/town/living/2024-01-01.json /parameters/standard/value: an amount in yuan has at most 10 digits before the point and 2 after it',
    ],
  ],
  [
    'amount-of-nothing',
    [
      'amount-of-nothing/town/living/2022-01-01.json /entitlement/amount/multiply/0/parameter: unknown parameter "nothing"',
    ],
  ],
  [
    'byte-order-mark',
    ['byte-order-mark/interpretations.json: is not clean UTF-8 without a byte-order mark'],
  ],
  [
    'citation-of-another-type',
    [
      'citation-of-another-type/town/living/2022-01-01.json /conditions/clause: clause and alsoClauses hold ids',
    ],
  ],
  [
    'conflict-that-cannot-be',
    [
      'conflict-that-cannot-be/conflicts.json /conflicts/3/when/fact: a household rule may read the member fact "member.age" only through count, sum, any or all',
      'conflict-that-cannot-be/conflicts.json /conflicts/0/clause: unknown clause "nowhere"',
      'conflict-that-cannot-be/conflicts.json /conflicts/4/interpretation: unknown interpretation "nowhere"',
      'conflict-that-cannot-be/conflicts.json /conflicts/0/programmes/1: unknown programme "town/nothing"',
      'conflict-that-cannot-be/conflicts.json /conflicts/1/programmes: two different programmes, in the order of their ids',
      'conflict-that-cannot-be/conflicts.json /conflicts/2/programmes/0: unknown programme "city/loans"',
      'conflict-that-cannot-be/conflicts.json /conflicts/2/programmes: the programmes are of two jurisdictions',
      'conflict-that-cannot-be/conflicts.json /conflicts/4/programmes: the pair stands twice',
    ],
  ],
  [
    'conflicts-with-nobody',
    [
      'conflicts-with-nobody/town/living/2022-01-01.json /warnings/0/programme: unknown programme "town/nothing"',
    ],
  ],
  [
    'dangling-clause',
    [
      'dangling-clause/clauses/more.json /clauses/0/referral/group/clause: unknown clause "nowhere"',
      'dangling-clause/facts.json /facts/0/clauses/0: unknown clause "nowhere"',
      'dangling-clause/town/living/2022-01-01.json /clauses/1: unknown clause "nowhere"',
      'dangling-clause/town/living/2022-01-01.json /conditions/all/0/alsoClauses/0: unknown clause "nowhere"',
      'dangling-clause/town/living/cases.json /cases/0/expect/clauses/0: unknown clause "nowhere"',
    ],
  ],
  [
    'dangling-document',
    ['dangling-document/clauses/more.json /clauses/0/document: unknown document "nowhere"'],
  ],
  [
    'dangling-interpretation',
    [
      'dangling-interpretation/town/living/2022-01-01.json /interpretations/0: unknown interpretation "nowhere"',
    ],
  ],
  [
    'derivation-of-another-type',
    [
      'derivation-of-another-type/facts.json /facts/0/derive/divide/1/fact: unknown fact "household.nothing"; the nearest is household.note',
      'derivation-of-another-type/facts.json /facts/1/derive: household.poor is a boolean, its derivation a money',
    ],
  ],
  [
    'divisor-can-be-zero',
    ['divisor-can-be-zero/facts.json /facts/0/derive/divide/1: the divisor can be 0'],
  ],
  [
    'divisor-can-be-zero-in-an-amount',
    [
      'divisor-can-be-zero-in-an-amount/town/living/2022-01-01.json /entitlement/amount/divide/1: the divisor can be 0',
    ],
  ],
  [
    'divisor-can-be-zero-points',
    [
      'divisor-can-be-zero-points/town/elders/2023-01-01.json /entitlement/amount/divide/1: the divisor can be 0',
    ],
  ],
  [
    'divisor-divides-by-zero',
    ['divisor-divides-by-zero/facts.json /facts/0/derive/divide/1/divide/1: the divisor can be 0'],
  ],
  [
    'document-changed',
    [
      'document-changed/documents.json /documents/0/sha256: notice.txt is not the file that was read',
      'document-changed/documents.json /documents/1/file: SOURCES_DIR has no file lost.txt',
    ],
  ],
  [
    'due-before-it-starts',
    [
      'due-before-it-starts/town/living/2022-01-01.json /reviewBy: 2021-12-31 lies before validFrom 2022-01-01',
    ],
  ],
  [
    'empty-list',
    [
      'empty-list/town/living/2022-01-01.json /conditions/any/0/all: all must list at least one condition',
      'empty-list/town/living/2022-01-01.json /conditions/any/1/value: an empty list of codes',
    ],
  ],
  [
    'ends-after-the-next-starts',
    [
      'ends-after-the-next-starts/town/living/2019-01-01.json /validTo: 2020-01-02 lies after 2020-01-01, the start of "2020-01-01"',
    ],
  ],
  [
    'ends-after-the-next-starts-for-a-while',
    [
      'ends-after-the-next-starts-for-a-while/town/living/2022-01-01.json /validTo: 2025-01-01 lies after 2024-01-01, the start of "2024-01-01"',
    ],
  ],
  [
    'ends-before-it-starts',
    [
      'ends-before-it-starts/town/living/2022-01-01.json /validTo: 2022-01-01 does not lie after validFrom 2022-01-01',
    ],
  ],
  [
    'fact-without-bounds',
    [
      'fact-without-bounds/facts.json /facts/0/min: a fact of type decimal states its least and greatest value',
      'fact-without-bounds/facts.json /facts/0/max: a fact of type decimal states its least and greatest value',
      'fact-without-bounds/facts.json /facts/1/max: max lies below min',
      'fact-without-bounds/facts.json /facts/2/values: codes are a closed list, or have a pattern',
      'fact-without-bounds/facts.json /facts/3/pattern: is no regular expression',
      'fact-without-bounds/facts.json /facts/4/source: a fact with a derivation, and only it, has the source "derived"',
    ],
  ],
  [
    'forbidden-name',
    ['forbidden-name/town/living/2022-01-01.json /parameters/__proto__: "__proto__" is no name'],
  ],
  [
    'household-rule-reads-a-member',
    [
      'household-rule-reads-a-member/town/living/2022-01-01.json /conditions/fact: a household rule may read the member fact "member.age" only through count, sum, any or all',
    ],
  ],
  [
    'id-twice',
    [
      'id-twice/clauses/more.json /clauses/0/id: "standard" stands twice, first in seeds/clauses/notice.json',
      'id-twice/facts.json /facts/0/id: "household.note" stands twice',
    ],
  ],
  [
    'in-force-before-the-law',
    [
      'in-force-before-the-law/town/living/2015-04-30.json /conditions/all/0/clause: in force on 2015-04-30, before law-1 (2015-05-01)',
    ],
  ],
  [
    'in-force-before-the-law-of-a-fact',
    [
      'in-force-before-the-law-of-a-fact/town/elders/2018-01-01.json /conditions/all/0/fact: in force on 2018-01-01, before law-age (2019-01-01)',
    ],
  ],
  [
    'jurisdiction-in-another-folder',
    [
      'jurisdiction-in-another-folder/city/jurisdiction.json /slug: "town-2" does not match its folder city',
    ],
  ],
  [
    'key-twice',
    ['key-twice/town/living/2022-01-01.json /conditions/all/1/operator: repeats a key'],
  ],
  [
    'listed-twice',
    [
      'listed-twice/clauses/more.json /clauses/0/referral/group/value/1: "990001" stands twice in the list',
      'listed-twice/conflicts.json /conflicts/0/when/value/1: "990001" stands twice in the list',
      'listed-twice/facts.json /facts/0/unknownValues/2: "x" stands twice in the list',
      'listed-twice/town/living/2022-01-01.json /clauses/1: "standard" stands twice in the list',
      'listed-twice/town/living/2022-01-01.json /conditions/all/1/value/2: "990001" stands twice in the list',
      'listed-twice/town/living/2022-01-01.json /conditions/all/1/alsoClauses/1: "standard" stands twice in the list',
      'listed-twice/town/living/2022-01-01.json /interpretations/2: "local-only" stands twice in the list',
    ],
  ],
  [
    'lock-of-another-form',
    ['lock-of-another-form/rulebook.lock.json /versions/x: is no digest sha256:<64 hex digits>'],
  ],
  [
    'meaning-changed',
    [
      'meaning-changed/rulebook.lock.json /facts/household.gone: "household.gone" is missing, and published versions use it',
      'rules/facts.json /facts/0: the meaning of "household.size" changed after publication; a new meaning is a new id',
      'rules/interpretations.json /interpretations/2: the meaning of "local-only" changed after publication; a new meaning is a new id',
    ],
  ],
  [
    'meaning-not-in-the-lock',
    [
      'rules/facts.json /facts/0/id: published versions use "household.size", and it is not in the lock',
      'rules/facts.json /facts/1/id: published versions use "household.income", and it is not in the lock',
      'rules/facts.json /facts/2/id: published versions use "household.incomePerHead", and it is not in the lock',
      'rules/interpretations.json /interpretations/1/id: published versions use "listed-are-all", and it is not in the lock',
      'rules/interpretations.json /interpretations/2/id: published versions use "local-only", and it is not in the lock',
      'rules/town/jurisdiction.json /code: published versions rest on it, and it is not in the lock',
      'rules/town/living/programme.json /subject: published versions rest on it, and it is not in the lock',
    ],
  ],
  [
    'missing-key',
    [
      'missing-key/town/living/2023-01-01.json /reviewBy: is missing',
      'missing-key/town/living/2023-01-01.json /conditions: is missing',
      'missing-key/town/loans/programme.json /subject: is missing',
      'missing-key/town/odd/programme.json: must be an object in braces',
    ],
  ],
  [
    'no-citation',
    [
      'no-citation/town/living/2022-01-01.json /conditions: a condition names its clause or its interpretation',
    ],
  ],
  [
    'no-jurisdiction',
    ['no-jurisdiction/city/loans/programme.json /id: there is no city/jurisdiction.json'],
  ],
  [
    'no-programme',
    ['no-programme/town/loans/2022-01-01.json /programme: there is no town/loans/programme.json'],
  ],
  [
    'no-such-file',
    [
      'no-such-file/CONFLICTS.JSON: a rulebook has no such file',
      'no-such-file/clauses/more.jsonc: a rulebook has no such file',
      'no-such-file/fact.json: a rulebook has no such file',
      'no-such-file/town/living/2022-01-01.JSON: a rulebook has no such file',
      'no-such-file/town/living/2022-02-01.json.bak: a rulebook has no such file',
      'no-such-file/town/living/notes: a rulebook has no such file',
      'no-such-file/town/notes.md: a rulebook has no such file',
      'no-such-file/town/programmes.json: a rulebook has no such file',
    ],
  ],
  [
    'not-json',
    [
      'not-json/town/living/2022-01-01.json /programme: is not JSON at character 15; there or just before, a comma, quote or bracket is missing or too many',
    ],
  ],
  ['not-utf8', ['not-utf8/interpretations.json: is not clean UTF-8 without a byte-order mark']],
  [
    'number-too-large',
    [
      'number-too-large/town/living/2022-01-01.json /entitlement: the result can be too large to be held exactly',
    ],
  ],
  [
    'one-hand',
    [
      'one-hand/town/living/2022-01-01.json /reviewedBy: publication takes two hands: reviewedBy is publishedBy',
    ],
  ],
  [
    'plain-words',
    [
      'plain-words/clauses/more.json /clauses/0/id: must be small letters, digits and hyphens',
      'plain-words/clauses/more.json /clauses/0/locator: is missing',
      'plain-words/clauses/more.json /clauses/0/title: is missing',
      'plain-words/clauses/more.json /clauses/0/quote: is missing',
      'plain-words/clauses/more.json /clauses/0/text: is missing',
      'plain-words/clauses/more.json /clauses/0/force: is missing',
      'plain-words/clauses/more.json /clauses/0/origin: is missing',
      'plain-words/clauses/more.json /clauses/0/evidence: is missing',
      'plain-words/clauses/more.json /clauses/0/commencement: is missing',
      'plain-words/clauses/more.json /clauses/0/status: is missing',
      'plain-words/conflicts.json /conflicts/0/programmes: must list at most 2',
      'plain-words/conflicts.json /conflicts/1/programmes: must list at least 2',
      'plain-words/conflicts.json /conflicts/2/programmes: is missing',
      'plain-words/facts.json /facts/0/id: is no household.<name> or member.<name> of letters and digits',
      'plain-words/facts.json /facts/0/min: must be a number, or must be text in quotes',
      'plain-words/facts.json /facts/0/sensitive: must be true or false',
      'plain-words/rulebook.lock.json /released: is no day YYYY-MM-DD',
      'plain-words/rulebook.lock.json /programmes/town~1x: must be household or member',
      'plain-words/rulebook.lock.json /jurisdictions/town: is no GB/T 2260 code of six digits',
      'plain-words/rulebook.lock.json /facts/household.x: is no digest sha256:<64 hex digits>',
      'plain-words/town/jurisdiction.json /slug: must be small letters, digits and hyphens, a letter first',
      'plain-words/town/jurisdiction.json /code: is no GB/T 2260 code of six digits',
      'plain-words/town/living/2022-01-01.json /programme: is no <city>/<programme> in small letters, digits and hyphens',
      'plain-words/town/living/2022-01-01.json /version: is no YYYY-MM-DD or undated, with .2 and so on for a correction',
      'plain-words/town/living/2022-01-01.json /validFrom: is no day YYYY-MM-DD',
      'plain-words/town/living/2022-01-01.json /validTo: is no day of the calendar',
      'plain-words/town/living/2022-01-01.json /publishedAt: is no instant in UTC such as 2026-11-21T00:00:00Z',
      'plain-words/town/living/2022-01-01.json /supersedes: is no YYYY-MM-DD or undated, with .2 and so on for a correction',
      'plain-words/town/living/2022-01-01.json /reviewBy: must be text in quotes',
      'plain-words/town/living/2022-01-01.json /publishedBy: is no role such as encoder-1, and never a name',
      'plain-words/town/living/2022-01-01.json /clauses: must list at least 1',
      'plain-words/town/living/2022-01-01.json /parameters/standard/value: is too large a number',
      'plain-words/town/living/2022-01-01.json /parameters/a b: is no name of letters and digits, a letter first',
      'plain-words/town/living/2022-01-01.json /parameters/more: must be an object in braces',
      'plain-words/town/living/2022-01-01.json /scorecard/items/0/id: must be letters, digits and hyphens, a small letter first',
      'plain-words/town/living/2022-01-01.json /scorecard/items/0/cap: must be 0 or more',
      'plain-words/town/living/2022-01-01.json /scorecard/groupCaps: must be an object in braces',
      'plain-words/town/living/2022-01-01.json /entitlement/rate: must be a number, or must be an object in braces',
      'plain-words/town/living/2022-01-01.json /entitlement/of: must be an object in braces',
      'plain-words/town/living/2022-01-01.json /interpretations: must be a list',
      'plain-words/town/living/2022-02-01.json /entitlement/rate: must be above 0',
      'plain-words/town/living/2022-02-01.json /entitlement/of/zh: is empty',
      'plain-words/town/living/2022-03-01.json /entitlement/rate/parameter: is missing',
      'plain-words/town/living/2022-03-01.json /entitlement/rate/parametr: unknown key "parametr"',
      'plain-words/town/living/2022-04-01.json /entitlement/rate/more: unknown key "more"',
      'plain-words/town/living/cases.json /cases/0/expect: must be an object in braces, or must be a list',
      'plain-words/town/living/cases.json /cases/1/expect/notInForce: must be before-first-version, after-last-version, gap or not-yet-known',
      'plain-words/town/loans/programme.json /id: is no <city>/<programme> in small letters, digits and hyphens',
      'plain-words/town/loans/programme.json /subject: must be household or member',
      'plain-words/town/loans/programme.json /grants: must be an object in braces',
    ],
  ],
  [
    'points-of-another-subject',
    [
      'points-of-another-subject/town/living/2022-01-01.json /scorecard/items/0/points/fact: a household rule may read the member fact "member.age" only through count, sum, any or all',
    ],
  ],
  [
    'points-of-another-type',
    [
      'points-of-another-type/town/elders/2023-01-01.json /scorecard/items/0/points/fact: unknown fact "member.nothing"; the nearest is member.age',
      'points-of-another-type/town/elders/2023-01-01.json /scorecard/items/1/points: points are a number, not a money',
      'points-of-another-type/town/elders/2023-01-01.json /conditions/all/1/fact: unknown fact "member.nothing"; the nearest is member.age',
    ],
  ],
  [
    'points-without-a-form',
    [
      'points-without-a-form/town/elders/2023-01-01.json /scorecard/items/0: an item has either points or perYear',
      'points-without-a-form/town/elders/2023-01-01.json /scorecard/items/1: an item has either points or perYear',
      'points-without-a-form/town/elders/2023-01-01.json /scorecard/items/2/perYear/points/1: points are a number, not a money',
      'points-without-a-form/town/elders/2023-01-01.json /scorecard/items/3/unless/fact: unknown fact "member.nothing"; the nearest is member.age',
      'points-without-a-form/town/elders/2023-01-01.json /scorecard/items/4/id: "excluded" stands twice',
      'points-without-a-form/town/elders/2023-01-01.json /scorecard/items/5/cap: a number has at most 15 digits, 9 of them decimals',
      'points-without-a-form/town/elders/2023-01-01.json /scorecard/items/5/perYear/cap: a number has at most 15 digits, 9 of them decimals',
      'points-without-a-form/town/elders/2023-01-01.json /scorecard/groupCaps/a~1b: a number has at most 15 digits, 9 of them decimals',
      'points-without-a-form/town/elders/2023-01-01.json /scorecard/groupCaps/nobody: no item is in this group',
      'points-without-a-form/town/elders/2023-01-01.json /scorecard/cap: a number has at most 15 digits, 9 of them decimals',
    ],
  ],
  [
    'programme-in-another-folder',
    [
      'programme-in-another-folder/town/loans/programme.json /id: "town/lending" does not match its folder town/loans',
    ],
  ],
  [
    'published-version-changed',
    [
      'published-version-changed/town/living/2022-01-01.json: was changed after it was published; put it back, and correct it by huimin rules new town/living 2022-01-01',
    ],
  ],
  [
    'published-version-missing',
    [
      'published-version-missing/rulebook.lock.json /versions/town~1living@2022-01-01: the published version "town/living@2022-01-01" is missing',
    ],
  ],
  [
    'published-version-not-in-the-lock',
    [
      'published-version-not-in-the-lock/town/living/2022-01-01.json /publishedAt: a published version must stand in the lock: huimin rules publish',
    ],
  ],
  [
    'quotation-not-found',
    [
      'quotation-not-found/clauses/more.json /clauses/0/quote: the quotation is not in document notice',
    ],
  ],
  [
    'referral-of-another-subject',
    [
      'referral-of-another-subject/clauses/more.json /clauses/0/referral/group/fact: a household rule may read the member fact "member.age" only through count, sum, any or all',
    ],
  ],
  [
    'referral-without-group',
    [
      'referral-without-group/clauses/more.json /clauses/3/referral/group/fact: unknown fact "household.nothing"; the nearest is household.note',
      'referral-without-group/clauses/more.json /clauses/0/status: a clause of status "referral", and only it, names the group it refers',
      'referral-without-group/clauses/more.json /clauses/1/status: a clause of status "target" says why it is not a rule',
      'referral-without-group/clauses/more.json /clauses/2/referral/jurisdiction: unknown jurisdiction "999999"',
    ],
  ],
  [
    'shared-file-not-json',
    [
      'shared-file-not-json/facts.json /0: is not JSON at line 2, character 1; there or just before, a comma, quote or bracket is missing or too many',
    ],
  ],
  [
    'starts-collide',
    [
      'starts-collide/town/living/2020-01-01.5.json /validFrom: 2020-01-01 is also the start of "2020-01-01", and neither supersedes the other',
    ],
  ],
  [
    'starts-collide-undated',
    [
      'starts-collide-undated/town/living/undated.2.json /validFrom: null is also the start of "undated", and neither supersedes the other',
    ],
  ],
  [
    'stated-otherwise',
    [
      'rules/town/jurisdiction.json /code: was "990002" when versions were published under it; put it back: answers rest on it',
      'rules/town/living/programme.json /subject: was "member" when versions were published under it; put it back: answers rest on it',
    ],
  ],
  [
    'supersedes-an-unknown-version',
    [
      'supersedes-an-unknown-version/town/living/2022-01-01.2.json /supersedes: there is no version "2022-01-01"',
    ],
  ],
  [
    'supersedes-another-start',
    [
      'supersedes-another-start/town/living/2022-01-01.json /supersedes: a correction keeps validFrom: "2020-01-01" has 2020-01-01',
    ],
  ],
  [
    'supersedes-before-it-was-published',
    [
      'supersedes-before-it-was-published/town/living/2020-01-01.2.json /publishedAt: a correction is published later than "2020-01-01"',
    ],
  ],
  [
    'too-deep',
    [
      'too-deep/town/living/2022-01-01.json /conditions/not/not/not/not/not/not/not/not/not: conditions nest deeper than 8',
    ],
  ],
  [
    'top-up-of-another-type',
    [
      'top-up-of-another-type/town/living/2022-01-01.json /entitlement/standard/parameter: unknown parameter "standrd"',
      'top-up-of-another-type/town/living/2022-01-01.json /entitlement/against/fact: unknown fact "household.nothing"; the nearest is household.note',
      'top-up-of-another-type/town/living/2022-01-01.json /entitlement/times/fact: unknown fact "household.sizes"; the nearest is household.size',
    ],
  ],
  [
    'top-up-of-money-by-money',
    [
      'top-up-of-money-by-money/town/living/2022-01-01.json /entitlement: money is not multiplied by money',
    ],
  ],
  [
    'two-forms',
    [
      'two-forms/town/living/2022-01-01.json /conditions: a node has exactly one of all, any, not, fact; here: all, any',
    ],
  ],
  [
    'unit-mismatch',
    [
      'unit-mismatch/town/living/2022-01-01.json /conditions/value: parameter "standard" is in CNY/person/month, household.income in CNY/month',
    ],
  ],
  [
    'unknown-fact',
    [
      'unknown-fact/town/living/2022-01-01.json /conditions/fact: unknown fact "household.incme"; the nearest is household.income',
    ],
  ],
  [
    'unknown-key',
    [
      'unknown-key/town/living/2022-01-01.json /priority: unknown key "priority"',
      'unknown-key/town/living/cases.json /cases/0/note: unknown key "note"',
    ],
  ],
  [
    'unknown-operator',
    [
      'unknown-operator/town/living/2022-01-01.json /conditions/operator: unknown operator "almost"; it is one of equal, notEqual, in, notIn, lessThan, lessThanInclusive, greaterThan, greaterThanInclusive, contains, doesNotContain',
    ],
  ],
  [
    'unknown-parameter',
    ['unknown-parameter/town/living/2022-01-01.json /conditions/value: unknown parameter "line"'],
  ],
  [
    'unsupported-key',
    ['unsupported-key/town/living/2022-01-01.json /conditions/path: unsupported key "path"'],
  ],
  [
    'version-in-another-folder',
    [
      'version-in-another-folder/town/living/2022-01-01.json /programme: "town/elders" does not match its folder town/living',
    ],
  ],
  [
    'version-of-another-name',
    [
      'version-of-another-name/town/living/2022-02-02.json /version: "2022-01-01" does not match its file name',
      'version-of-another-name/town/living/2022-03-03.json /version: "2022-03-03" does not match validFrom 2022-03-04',
      'version-of-another-name/town/living/2022-04-04.json /version: "2022-04-04" does not match validFrom null',
    ],
  ],
  [
    'wrong-shape',
    [
      'wrong-shape/town/living/2022-01-01.json /validFrom: is no day of the calendar',
      'wrong-shape/town/living/2022-01-01.json /entitlement/kind: must be top-up, rate, cash, service, priority, exemption, registration or ranking',
      'wrong-shape/town/living/cases.json /cases/0/expect/outcome: must be eligible, ineligible or unknown',
      'wrong-shape/town/living/cases.json /cases/1/expect: must list at least 1',
      'wrong-shape/town/living/cases.json /cases/2/expect/0/outcome: must be eligible, ineligible or unknown',
    ],
  ],
  [
    'wrong-type',
    [
      'wrong-type/town/living/2022-01-01.json /conditions/all/0/value: household.income is a number',
      'wrong-type/town/living/2022-01-01.json /conditions/all/1/value: household.income has steps of 1/100',
      'wrong-type/town/living/2022-01-01.json /conditions/all/2/value: household.income lies between 0 and 1000000',
      'wrong-type/town/living/2022-01-01.json /conditions/all/3/value: "99" is no code of household.hukouCode',
      'wrong-type/town/living/2022-01-01.json /conditions/all/4/operator: lessThan does not compare a boolean',
    ],
  ],
]

for (const [folder, lines] of REFUSED) {
  t.test(`a rulebook is refused: ${folder.replaceAll('-', ' ')}`, async (t) => {
    t.strictSame(defectsOf(overlay(`bad/${folder}`)).map(defectLine), lines)
  })
}

t.test('every bad rulebook stands in the table', async (t) => {
  t.strictSame(REFUSED.map(([folder]) => folder).sort(), readdirSync(BAD).sort())
})
