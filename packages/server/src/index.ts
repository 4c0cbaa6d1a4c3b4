/** The server of Palabre. How its parts fit: docs/architecture.md. */
export type { KeptMessage } from './chat/records.ts';
export { Archive } from './journal/archive.ts';
export { type BackupOptions, backupJournal, type Copied } from './journal/backup.ts';
export { CannotWrite, Draft } from './journal/draft.ts';
export { type FromBackup, type FromBackupOptions, restoreJournal } from './journal/from-backup.ts';
export { type Address, CannotListen } from './listeners/address.ts';
export { CannotUseCertificate, type CertificateFiles } from './listeners/certificate.ts';
export type { HttpOptions } from './listeners/http.ts';
export { type RunningServer, type ServerOptions, startServer } from './server.ts';
