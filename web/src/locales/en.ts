// Every message in English; a key that zh.ts has and this lacks does not compile.
import administration from './en/administration.json'
import app from './en/app.json'
import cockpit from './en/cockpit.json'
import entry from './en/entry.json'
import fields from './en/fields.json'
import hearing from './en/hearing.json'
import journal from './en/journal.json'
import ledger from './en/ledger.json'
import reading from './en/reading.json'
import search from './en/search.json'
import sheets from './en/sheets.json'
import signIn from './en/sign_in.json'
import today from './en/today.json'
import ui from './en/ui.json'
import type { MessageKey } from './zh'

const en: Record<MessageKey, string> = { ...administration, ...app, ...cockpit, ...entry, ...fields, ...hearing, ...journal, ...ledger, ...reading, ...search, ...sheets, ...signIn, ...today, ...ui }

export default en
