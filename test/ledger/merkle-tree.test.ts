import fc from 'fast-check'
import { test } from 'tap'
import {
  appendLeaves,
  consistencyPlan,
  EMPTY_EDGE,
  edgePlaces,
  type Hash,
  inclusionPlan,
  leafHashOf,
  nodeHash,
  type Place,
  proofOf,
  rootOf,
} from '../../src/ledger/merkle-tree.js'
import { isConsistent, rootOfInclusion } from '../../src/ledger/verify-proof.js'

// Reference vectors of the certificate-transparency project: the eight leaves and their roots of
// merkletree/merkle_tree_test.cc (restated in trillian's testonly/constants.go and
// transparency-dev/merkle, testonly), audit paths and consistency proofs of the same tests.
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const INCLUSION = [
  {
    leaf: 0,
    size: 8,
    hashes: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    leaf: 5,
    size: 8,
    hashes: [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
]
const CONSISTENCY = [
  { from: 1, to: 1, hashes: [] },
  { from: 1, to: 8, hashes: INCLUSION[0]?.hashes as string[] },
  {
    from: 6,
    to: 8,
    hashes: [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  {
    from: 2,
    to: 5,
    hashes: [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
]

const bytes = (hex: string): Hash => Buffer.from(hex, 'hex')
const leavesOf = (count: number): Hash[] =>
  LEAVES.slice(0, count).map((hex) => leafHashOf(bytes(hex)))

/** A tree with all its nodes. */
function grow(leaves: readonly Hash[]) {
  const { edge, added } = appendLeaves(EMPTY_EDGE, leaves)
  const nodes = new Map(added.map(({ level, index, hash }) => [`${level} ${index}`, hash]))
  const hashOf = ({ level, index }: Place) => nodes.get(`${level} ${index}`) as Hash
  return { edge, hashOf }
}

test('the roots of the reference leaves are the published ones', async (t) => {
  for (const [size, root] of ROOTS.entries())
    t.equal(rootOf(grow(leavesOf(size)).edge).toString('hex'), root, `${size} leaves`)
})

test('audit paths of the reference leaves are the published ones, and lead to the root', async (t) => {
  for (const { leaf, size, hashes } of INCLUSION) {
    const proof = proofOf(inclusionPlan(leaf, size), grow(leavesOf(size)).hashOf)
    t.strictSame(
      proof.map((hash) => hash.toString('hex')),
      hashes,
    )
    const found = { leaf: leavesOf(8)[leaf] as Hash, index: leaf, size, hashes: proof }
    t.equal(rootOfInclusion(found)?.toString('hex'), ROOTS[size])
  }
})

test('consistency proofs of the reference leaves are the published ones, and hold', async (t) => {
  for (const { from, to, hashes } of CONSISTENCY) {
    const proof = proofOf(consistencyPlan(from, to), grow(leavesOf(to)).hashOf)
    t.strictSame(
      proof.map((hash) => hash.toString('hex')),
      hashes,
    )
    const tree = (size: number) => ({ size, root: bytes(ROOTS[size] as string) })
    t.ok(isConsistent({ from: tree(from), to: tree(to), hashes: proof }))
  }
})

test('trees of every size to 70 prove each leaf and each earlier size', async (t) => {
  const leaves = Array.from({ length: 70 }, (_, index) => leafHashOf(String(index)))
  const { hashOf } = grow(leaves)
  const root = (size: number) =>
    rootOf({ nodes: edgePlaces(size).map((place) => ({ ...place, hash: hashOf(place) })) })
  let wrong = 0
  for (let size = 1; size <= 70; size++) {
    if (!root(size).equals(recursiveRoot(leaves.slice(0, size)))) wrong += 1
    for (let index = 0; index < size; index++) {
      const hashes = proofOf(inclusionPlan(index, size), hashOf)
      const leaf = leaves[index] as Hash
      if (!rootOfInclusion({ leaf, index, size, hashes })?.equals(root(size))) wrong += 1
    }
    for (let from = 0; from <= size; from++) {
      const hashes = proofOf(consistencyPlan(from, size), hashOf)
      const [older, newer] = [from, size].map((one) => ({ size: one, root: root(one) }))
      if (!isConsistent({ from: older as never, to: newer as never, hashes })) wrong += 1
    }
  }
  t.equal(wrong, 0)
})

/** The definition of RFC 6962, 2.1, written out. */
function recursiveRoot(leaves: readonly Hash[]): Hash {
  if (leaves.length === 1) return leaves[0] as Hash
  let middle = 1
  while (middle * 2 < leaves.length) middle *= 2
  return nodeHash(recursiveRoot(leaves.slice(0, middle)), recursiveRoot(leaves.slice(middle)))
}

test('appending in any groups gives the same tree', async (t) => {
  const leaves = Array.from({ length: 40 }, (_, index) => leafHashOf(`leaf ${index}`))
  fc.assert(
    fc.property(fc.array(fc.nat(9), { minLength: 1, maxLength: 12 }), (groups) => {
      let edge = EMPTY_EDGE
      for (const count of groups)
        edge = appendLeaves(edge, leaves.slice(edge.size, edge.size + count)).edge
      return rootOf(edge).equals(rootOf(grow(leaves.slice(0, edge.size)).edge))
    }),
  )
  t.pass()
})

test('a proof that was bent does not hold', async (t) => {
  const { hashOf } = grow(leavesOf(8))
  const hashes = proofOf(inclusionPlan(2, 7), hashOf)
  const leaf = leavesOf(8)[2] as Hash
  const root = bytes(ROOTS[7] as string)
  const good = { leaf, index: 2, size: 7, hashes }
  t.ok(rootOfInclusion(good)?.equals(root))
  t.notOk(rootOfInclusion({ ...good, index: 3 })?.equals(root), 'another place')
  t.notOk(rootOfInclusion({ ...good, leaf: leafHashOf('x') })?.equals(root), 'another leaf')
  t.equal(rootOfInclusion({ ...good, hashes: hashes.slice(1) }), null, 'too short')
  t.equal(rootOfInclusion({ ...good, hashes: [...hashes, root] }), null, 'too long')
  t.equal(rootOfInclusion({ ...good, index: 7 }), null, 'outside the tree')
  t.equal(rootOfInclusion({ ...good, index: -1 }), null, 'before the tree')

  const tree = (size: number) => ({ size, root: bytes(ROOTS[size] as string) })
  const steps = proofOf(consistencyPlan(3, 7), hashOf)
  const kept = { from: tree(3), to: tree(7), hashes: steps }
  t.ok(isConsistent(kept))
  t.notOk(isConsistent({ ...kept, from: { size: 3, root } }), 'another root before')
  t.notOk(isConsistent({ ...kept, to: { size: 7, root: tree(3).root } }), 'another root after')
  t.notOk(isConsistent({ ...kept, hashes: steps.slice(1) }), 'too short')
  t.notOk(isConsistent({ ...kept, hashes: [] }), 'nothing')
  t.notOk(isConsistent({ ...kept, hashes: [...steps, root] }), 'too long')
  t.notOk(isConsistent({ ...kept, from: tree(8) }), 'a log that shrank')
  t.notOk(isConsistent({ from: tree(7), to: { size: 7, root: tree(3).root }, hashes: [] }))
  t.notOk(isConsistent({ from: tree(0), to: tree(7), hashes: steps }), 'nothing needs no proof')
})
