import type { AllCommands, Phrases, ProblemPhrases } from './phrases.ts';
import { count, usageOf } from './writing.ts';

const commands: AllCommands = {
  help: { usage: '/help', does: 'Ce qui peut s’écrire ici' },
  msg: { usage: '/msg nom texte', does: 'Dire quelque chose à une seule personne' },
  who: { usage: '/who', does: 'Qui est là' },
  rooms: { usage: '/rooms', does: 'Les salons qui existent' },
  join: { usage: '/join salon', does: 'Entrer dans un salon, ou le créer' },
  leave: { usage: '/leave', does: 'Quitter ce salon' },
  name: { usage: '/name nouveau-nom', does: 'Prendre un autre nom' },
  search: { usage: '/search mots', does: 'Chercher dans ce qui a été dit' },
  mentions: { usage: '/mentions', does: 'Les lignes qui vous nomment' },
  quit: { usage: '/quit', does: 'Quitter la palabre' },
};

const problems: ProblemPhrases = {
  'name-empty': () => 'Choisissez d’abord un nom.',
  'name-space': () => 'Un nom est un seul mot\u00a0: sans espace, s’il vous plaît.',
  'name-long': () => 'C’est un peu long\u00a0: 32 caractères au plus.',
  'name-start': () => 'Un nom ne peut pas commencer par @, # ou :.',
  'name-other': () => 'Il contient un caractère qu’un nom ne peut pas avoir.',
  taken: (about) => `${about} est déjà là. Voulez-vous choisir un autre nom\u202f?`,
  'key-needed': () => 'Pour entrer ici, il faut le mot de passe.',
  'key-wrong': () => 'Ce n’est pas le mot de passe.',
  'invitation-ended': () => 'Cette invitation n’est plus valable.',
  'room-name': () =>
    'Un salon ne peut pas s’appeler ainsi\u00a0: un seul mot de 32 caractères au plus, qui ne commence pas par @, # ou :.',
  'not-in-room': (about) => `Vous n’êtes pas dans ${about}.`,
  'too-many-rooms': () => 'Vous êtes dans autant de salons que possible\u00a0: quittez-en un d’abord.',
  nobody: (about) => `${about} n’est pas là.`,
  empty: () => 'Il n’y a encore rien à dire.',
  'too-long': () =>
    'Une des lignes est trop longue\u00a0: 4 096 octets au plus. Peut-on en faire deux\u202f?',
  'control-characters': () =>
    'Il contient des caractères de commande invisibles, qui ne peuvent pas être dits.',
  'unknown-command': (about) => `La commande /${about} n’existe pas. /help les montre toutes.`,
  usage: (about) => `Cela s’écrit ainsi\u00a0: ${usageOf(commands, about)}`,
  'queue-full': () => 'Trop de lignes attendent déjà d’être dites.',
  unconfirmed: () => 'Personne ne sait si cela a été dit.',
  'not-kept': () => 'Le serveur ne peut pas le garder en ce moment.',
  unsupported: () => 'Ce serveur ne sait pas le faire.',
  closed: () => 'La palabre est finie pour vous\u00a0: entrez de nouveau.',
  banned: () => 'Vous ne pouvez pas entrer ici, ou pas sous ce nom.',
  'server-full': () => 'Il n’y a plus de place sur le serveur en ce moment.',
  unreachable: () => 'Le serveur ne répond pas.',
  other: (about) => (about ? `Cela n’a pas marché\u00a0: ${about}` : 'Cela n’a pas marché.'),
};

// \u202f and \u00a0 are the spaces, which no line breaks at, before ? ! ; and before the colon.
export const fr: Phrases = {
  language: 'fr',
  problems,
  commands,

  close: 'Fermer',

  entry: {
    tagline: 'La longue palabre sous l’arbre, où chacun a son mot à dire.',
    name: 'Votre nom',
    key: 'Mot de passe',
    hint: 'Un seul mot, 32 caractères au plus.',
    enter: 'Entrer',
    entering: 'Un instant…',
  },

  conversations: 'Conversations',
  lobby: 'Sous l’arbre',
  rooms: 'Salons',
  privately: 'En privé',
  unread: (n) => count('fr', n, 'ligne non lue', 'lignes non lues'),
  mentioned: (n) => count('fr', n, 'mention', 'mentions'),
  isAway: 'absent',
  showConversations: 'Montrer les conversations',
  hideConversations: 'Cacher les conversations',
  moreRooms: 'Voir, créer ou rejoindre des salons',
  goTo: 'Aller à…',
  talkToSomebody: 'Parler à quelqu’un',
  yourself: 'vous',
  draft: 'brouillon',
  menu: 'Votre menu',

  header: {
    people: (n) => count('fr', n, 'personne ici', 'personnes ici'),
    search: 'Chercher',
    mentions: 'Mentions',
    leaveRoom: (name) => `Quitter ${name}`,
    closePrivate: (name) => `Fermer la conversation avec ${name}`,
    privateWith: 'Vous deux seuls lisez ceci.',
    privateAway: (name) => `${name} n’est pas là en ce moment.`,
  },

  menuItems: {
    rename: 'Changer de nom',
    settings: 'Réglages',
    help: 'Touches et commandes',
    leave: 'Quitter la palabre',
  },

  line: {
    connecting: 'Connexion…',
    connected: 'Connecté',
    offline: 'Hors ligne',
    reconnecting: 'Connexion perdue',
    closed: 'Non connecté',
    offlineLong: 'Vous êtes hors ligne. Ce que vous dites sera dit à votre retour.',
    reconnectingLong: 'La connexion est perdue. Ce que vous dites sera dit à son retour.',
    retryIn: (seconds) => `Nouvel essai dans ${seconds} s.`,
    retrying: 'Nouvel essai…',
    now: 'Essayer maintenant',
    closedLong: 'Vous n’êtes plus dans la palabre.',
    waiting: (n) => count('fr', n, 'ligne attend d’être dite', 'lignes attendent d’être dites'),
    back: 'De nouveau connecté.',
  },

  timeline: {
    label: (title) => `Ce qui se dit\u00a0: ${title}`,
    loadingOlder: 'Lignes précédentes…',
    beginning: 'Ici commence la palabre.',
    beginningPrivate: (name) => `Ici commence votre conversation avec ${name}.`,
    fresh: 'Nouveau depuis votre passage',
    toUnread: 'Au premier non lu',
    markRead: 'Marquer comme lu',
    toEnd: 'Au plus récent',
    back: 'Revenir où vous étiez',
    gone: 'Cette ligne n’est plus accessible.',
    today: 'Aujourd’hui',
    yesterday: 'Hier',
    empty: 'Personne n’a encore rien dit. À vous\u202f!',
    arrived: (n) => count('fr', n, 'nouvelle ligne', 'nouvelles lignes'),
  },

  message: {
    waiting: 'pas encore confirmé',
    failed: 'Pas dit.',
    retry: 'Réessayer',
    drop: 'Abandonner',
    answer: 'Répondre',
    copy: 'Copier',
    copied: 'Copié.',
    talkTo: (name) => `Parler en privé avec ${name}`,
    toQuoted: (name) => `Vers la ligne de ${name} à laquelle ceci répond`,
    quotedUnknown: 'une ligne précédente',
    block: 'Code',
  },

  notice: {
    came: (names, n) => `${names} ${n === 1 ? 'est là' : 'sont là'}`,
    left: (names, n) => `${names} ${n === 1 ? 'est parti' : 'sont partis'}`,
    renamed: (was, name) => `${was} s’appelle maintenant ${name}`,
    gap: 'Il manque peut-être des lignes ici.',
    others: (n) => count('fr', n, 'autre', 'autres'),
  },

  box: {
    label: (title) => `Dire quelque chose\u00a0: ${title}`,
    placeholderLobby: 'Dire quelque chose à tout le monde',
    placeholderRoom: (name) => `Dire quelque chose dans ${name}`,
    placeholderPrivate: (name) => `Dire quelque chose à ${name}`,
    send: 'Envoyer',
    code: 'Mettre en code',
    commands: 'Commandes',
    answering: (name) => `En réponse à ${name}`,
    stopAnswering: 'Ne pas répondre',
    hint: 'Entrée envoie, Maj+Entrée va à la ligne',
  },

  announce: {
    conversation: (title, unread) => (unread ? `${title}, ${unread}` : title),
    said: (name, text) => `${name}\u00a0: ${text}`,
  },

  notify: {
    private: (name) => `${name}, en privé`,
    mention: (name, title) => `${name}, ${title}`,
  },
};
