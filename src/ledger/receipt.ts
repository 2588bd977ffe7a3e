import { sign, verify } from 'node:crypto'
import type { Receipt } from '../model/decision.js'
import type { NoteVerdict, Signer, Verifier } from './signed-note.js'

type Received = Pick<Receipt, 'id' | 'leafHash' | 'recordedAt'>

/** The promise that an entry will stand in the log: given at once, before it does. */
export function signReceipt(received: Received, { keyId, privateKey }: Signer): Receipt {
  const signature = sign(null, receiptBytes(received), privateKey).toString('base64')
  return { ...received, signature, keyId }
}

/** Whether one of the keys signed a receipt. */
export function verifyReceipt(receipt: Receipt, verifiers: readonly Verifier[]): NoteVerdict {
  const known = verifiers.filter(({ keyId }) => keyId === receipt.keyId)
  if (known.length === 0) return 'unknown-key'
  const signature = Buffer.from(receipt.signature, 'base64')
  const isGood = known.some(({ publicKey }) =>
    verify(null, receiptBytes(receipt), publicKey, signature),
  )
  return isGood ? 'good' : 'bad-signature'
}

function receiptBytes({ id, leafHash, recordedAt }: Received): Buffer {
  return Buffer.from(`huimin-receipt/1\n${id}\n${leafHash}\n${recordedAt}\n`)
}
