// Every message in Chinese; a room keeps its own file, whose keys begin with its name.
import administration from './zh/administration.json'
import app from './zh/app.json'
import cockpit from './zh/cockpit.json'
import entry from './zh/entry.json'
import fields from './zh/fields.json'
import hearing from './zh/hearing.json'
import journal from './zh/journal.json'
import ledger from './zh/ledger.json'
import reading from './zh/reading.json'
import search from './zh/search.json'
import sheets from './zh/sheets.json'
import signIn from './zh/sign_in.json'
import today from './zh/today.json'
import ui from './zh/ui.json'

const zh = { ...administration, ...app, ...cockpit, ...entry, ...fields, ...hearing, ...journal, ...ledger, ...reading, ...search, ...sheets, ...signIn, ...today, ...ui }

export type MessageKey = keyof typeof zh
export default zh
