import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { test } from 'tap'
import {
  type Note,
  parseNote,
  signerOf,
  signNote,
  verifyNote,
} from '../../src/ledger/signed-note.js'
import { keyFile, replaceKey, signingKey } from '../../src/ledger/signing-key.js'

const keyOf = () => generateKeyPairSync('ed25519').privateKey
const signer = signerOf('a.log', keyOf())
const signed = signNote('text\n', signer)

/** The note with a line below it that holds so many bytes in another name. */
const beside = (bytes: number) =>
  `${signed}— witness.example ${Buffer.alloc(bytes, 7).toString('base64')}\n`

const verdict = (note: string, verifiers = [signer.verifier]) =>
  verifyNote(parseNote(note) as Note, verifiers)

test('signatures of others, of whatever length, stand beside that of the log', async (t) => {
  for (const bytes of [5, 66, 67, 68, 76, 3_000])
    t.equal(verdict(beside(bytes)), 'good', `${bytes} bytes`)
  for (const bytes of [0, 4]) t.equal(parseNote(beside(bytes)), null, `${bytes} bytes`)
  t.equal(parseNote(`${signed}any other line\n`), null)
  t.equal(parseNote(`${signed}and — a.log AAAAAAAA\n`), null)
  t.equal(parseNote(`${signed}— a.log AAAAAAAA and\n`), null)
})

test('a signature counts for its own name and key, and a bad one is not made good by another', async (t) => {
  const other = signerOf('a.log', keyOf())
  t.equal(verdict(signed, [other.verifier]), 'unknown-key')
  t.equal(verdict(signed.replace('— a.log', '— b.log')), 'unknown-key')
  const [, , line] = signed.split('\n')
  const [, , lineOfOther] = signNote('other\n', other).split('\n')
  const two = `text\n\n${line}\n${lineOfOther}\n`
  t.equal(verdict(two), 'good', 'the other is not asked for')
  t.equal(verdict(two, [signer.verifier, other.verifier]), 'bad-signature')
})

test('a new key is its owner’s only, as the first one', async (t) => {
  const folder = t.testdir()
  const pem = () => signingKey(folder).export({ type: 'pkcs8', format: 'pem' })
  const first = pem()
  t.equal(pem(), first)
  t.equal(statSync(keyFile(folder)).mode & 0o777, 0o600)
  const second = replaceKey(folder).export({ type: 'pkcs8', format: 'pem' })
  t.not(second, first)
  t.equal(pem(), second)
  t.equal(statSync(keyFile(folder)).mode & 0o777, 0o600)
})

test('a key file that is none is named, and never replaced', async (t) => {
  const folder = t.testdir({ rsa: {}, folder: {} })
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
  writeFileSync(`${folder}/rsa/signing-key.pem`, pem)
  t.throws(() => signingKey(`${folder}/rsa`), {
    message: `${folder}/rsa/signing-key.pem holds no Ed25519 private key`,
  })
  mkdirSync(`${folder}/folder/signing-key.pem`)
  t.throws(() => signingKey(`${folder}/folder`), {
    message: `${folder}/folder/signing-key.pem cannot be read`,
  })
  t.throws(() => signingKey(folder, `${folder}/none.pem`), {
    message: `the signing key ${folder}/none.pem cannot be read`,
  })
})
