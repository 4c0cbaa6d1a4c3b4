/** The server of Palabre. How its parts fit: docs/architecture.md. */

export { CannotUsePassword, type PasswordFile } from './admission/password.ts';
export type { KeptMessage } from './chat/records.ts';
export { Archive } from './journal/archive.ts';
export { type BackupOptions, backupJournal, type Copied } from './journal/backup.ts';
export { CannotWrite, Draft } from './journal/draft.ts';
export { type FromBackup, type FromBackupOptions, restoreJournal } from './journal/from-backup.ts';
export { giveWay } from './journal/priority.ts';
export { type Address, CannotListen } from './listeners/address.ts';
export { adminSocket } from './listeners/admin-path.ts';
export { CannotUseCertificate, type CertificateFiles } from './listeners/certificate.ts';
export type { HttpOptions } from './listeners/http.ts';
export { proxiesNamed } from './listeners/proxies.ts';
export type { Answered, Answers, Person, ShownBan, Stats } from './operator/answers.ts';
export { type RunningServer, type ServerOptions, startServer } from './server.ts';
