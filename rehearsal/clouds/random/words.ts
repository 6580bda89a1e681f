// What pets are named from.

export const adverbs =
  "badly boldly briefly calmly early easily fairly firmly gently gladly hardly highly kindly lightly mostly neatly nicely openly partly plainly quietly rarely safely simply slowly smoothly sternly truly vastly warmly wholly widely".split(
    " ",
  );

export const adjectives =
  "able active amber apt brave bright calm civil clean clear cool cosmic crisp daring deep eager easy exact fair fast fine firm fond frank free fresh glad golden good grand great handy happy honest humble ideal keen kind large light live loyal lucid lucky mild modern neat new noble open patient plain polite prime proud pure quick quiet rapid rare ready rich robust sharp smart solid sound steady stable strong sunny super sure swift tender tidy tough true upright vast vital vivid warm wise witty".split(
    " ",
  );

export const animals =
  "adder akita alpaca ant ape badger bass bat bear beetle bird bison boar bobcat bug camel cat chow clam cod colt condor cow coyote crab crane cub deer dingo doe dog dove drake duck eagle eel elf elk emu ewe falcon fawn ferret finch fish fly fox frog gannet gecko gnat goat goose gopher grouse grub gull guppy hare hawk hen heron horse hound ibex jackal jay joey kid kite kiwi koala ladybug lamb lark leech lemur lion lizard llama lynx mako mallard mammal marlin marmot martin mayfly mink minnow mole monkey moose moth mouse mule mullet newt orca oryx osprey owl ox oyster panda parrot perch pig piglet pigeon pika pony poodle pug puma pup python quail rabbit racer ram raptor rat raven ray robin rodent salmon satyr seal shad shark sheep shrew shrimp skink skunk sloth slug snail snake snipe spider sponge squid stag stork sturgeon swan swift tahr tapir teal terrier tick tiger titmouse toad toucan troll trout tuna turkey turtle viper vulture wahoo walrus wasp weasel whale wolf wombat worm wren yak zebra".split(
    " ",
  );
