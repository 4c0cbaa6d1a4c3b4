import type { MorePhrases } from './phrases.ts';
import { count } from './writing.ts';

const keys: readonly (readonly [string, string])[] = [
  ['Ctrl/⌘ K', 'Aller à une conversation, un salon, une personne'],
  ['Alt ↑ / Alt ↓', 'La conversation au-dessus ou au-dessous'],
  ['Alt Maj ↑ / ↓', 'La prochaine où il y a du non lu'],
  ['Entrée', 'Envoyer'],
  ['Maj Entrée', 'Aller à la ligne'],
  ['↑', 'Dans un champ vide\u00a0: ce que vous avez dit avant'],
  ['Tab', 'Compléter un nom ou une commande'],
  ['↑ ↓ dans la palabre', 'De ligne en ligne\u202f; Tab vers ses boutons'],
  ['Échap', 'Fermer, ne plus répondre, revenir au champ'],
];

// \u202f and \u00a0 are the spaces, which no line breaks at, before ? ! ; and before the colon.
export const frMore: MorePhrases = {
  completions: {
    title: 'Suggestions',
    count: (n) => count('fr', n, 'suggestion', 'suggestions'),
  },

  switcher: {
    label: 'Un salon, une conversation, un nom',
    none: 'Rien de ce nom.',
    enterRoom: (name) => `Entrer dans le salon ${name}`,
    talkTo: (name) => `Parler en privé avec ${name}`,
  },

  people: {
    title: 'Qui est là',
    filter: 'Trouver un nom',
    none: 'Personne de ce nom.',
  },

  search: {
    title: 'Chercher',
    label: 'Mots\u202f; from:nom, in:salon',
    go: 'Chercher',
    searching: 'Recherche…',
    failed: 'La recherche n’a pas abouti. Réessayez dans un instant.',
    none: 'Rien trouvé.',
    found: (n) => count('fr', n, 'ligne trouvée', 'lignes trouvées'),
    more: 'Plus de résultats',
    hint: 'from:ana trouve ce qu’ana a dit, in:dev ce qui s’est dit dans dev.',
    goTo: 'Aller à cette ligne',
  },

  mentions: {
    title: 'Mentions',
    none: 'Personne ne vous a encore nommé.',
  },

  roomsDialog: {
    title: 'Salons',
    name: 'Nom d’un salon',
    enter: 'Entrer',
    make: 'Créer et entrer',
    none: 'Il n’y a pas encore de salon. Créez le premier\u202f!',
    noneSuch: 'Il n’y a pas encore de salon de ce nom\u00a0: vous pouvez le créer.',
    members: (n) => count('fr', n, 'personne', 'personnes'),
    entered: 'vous y êtes',
  },

  rename: {
    title: 'Changer de nom',
    name: 'Votre nouveau nom',
    save: 'Changer',
  },

  settings: {
    title: 'Réglages',
    language: 'Langue',
    theme: 'Apparence',
    system: 'Comme le système',
    light: 'Clair',
    dark: 'Sombre',
    notifications: 'M’avertir des lignes privées et des mentions',
    blocked:
      'Le navigateur n’autorise pas les notifications de cette page. Ses réglages permettent d’en changer.',
    showComings: 'Montrer qui vient et qui part',
  },

  help: {
    title: 'Touches et commandes',
    keys: 'Touches',
    commands: 'Commandes',
    list: keys,
  },
};
