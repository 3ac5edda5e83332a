/**
 * 1024 English words for passphrases, chosen for this project: short, known to children, each easy to see before one's eyes.
 * Free of any licence. In the page for members alone: a whistleblower chooses no password.
 */
export const words: readonly string[] = (
  'acorn actor adult agent alarm album alley almanac almond amber anchor angle ankle anthem apple apron arch arena armor ' +
  'arrow artist atlas attic autumn avenue award badge bagel baker bakery balcony ballad ballet balloon bamboo banana band ' +
  'banjo bank banner barber barge bark barley barn barracks barrel basil basin basket batch beach beacon beaker bean bear ' +
  'beaver beetle bell bellows belt bench berry bicycle bird biscuit bison blanket blaze block blossom blouse board boat ' +
  'bonfire bonnet book boot border bottle bottom boulder bowl boxer bracelet bracket braid bramble branch brass bread ' +
  'breeze brick bridge bright brisket brook broom brother brown brush bubble bucket buckle buffalo bugle builder bulb ' +
  'bundle bunker burger bush butter button cabin cable cactus cake camel camera camp canal canary candle candy cannon ' +
  'canoe canvas canyon captain caramel caravan carbon card cargo carpet carrot cart cashew castle catkin cattle cave ' +
  'cedar cellar cello cement center cereal chain chair chalk champion channel chapel chapter charcoal charm chart cheek ' +
  'cheese cherry chess chestnut chicken chief chimney chin choir chowder church cider cinder cinema circle circus citizen ' +
  'city clarinet clay cliff climber cloak clock cloth cloud clover clown club coach coal coast coat cobalt cobble cobra ' +
  'cobweb cocoa coconut coffee coin collar column comb comet comma compass concert cone copper coral cork corn corner ' +
  'cotton couch country cousin cove cover cow cradle crane crater crayon cream creek crest crew cricket crown crumb ' +
  'crystal cube cuckoo cucumber cup cupboard curtain curve cushion custard cutlery cycle cymbal daffodil dagger dairy ' +
  'daisy dance dancer dawn day deer delta dentist desert desk dessert dial diamond diary digit dinner dish ditch diver ' +
  'doctor dolphin domino donkey door dough dove dragon drawer dream dress drill drink driver drizzle drum duck dumpling ' +
  'dune dusk dust eagle ear earth easel east echo edge eel egg elbow elder elephant elm ember emerald engine envelope ' +
  'evening expert fabric face falcon family farm farmer feast feather fence fern ferry festival fiddle field fig finch ' +
  'finger fire fish flag flame flamingo flask fleet flint flock floor flour flower flute foam fog folder forest fork ' +
  'fossil fountain fox frame freckle friend frog frost fruit funnel fur galaxy gallery game garage garden garlic garment ' +
  'gate gazelle gem ghost giant ginger giraffe glacier glass globe glove goat gold goose gorge gorilla grain granite ' +
  'grape grass gravel green grocer ground grove guard guest guitar gull gutter hair half hall hammer hammock hamster hand ' +
  'handle harbor harp harvest hat hawk hay hazel head heart hedge heel helmet hen herb hero heron hill hinge hive hobby ' +
  'hockey hole holly honey hood hook horizon horn horse hospital hotel hour house hunter husk ice icicle igloo island ' +
  'ivory ivy jacket jaguar jam jar jaw jelly jewel jigsaw jockey joke journal journey judge juggler juice jungle juniper ' +
  'kangaroo kayak kennel kettle key kidney king kiosk kitchen kite kitten kiwi knee knife knight knot label lace ladder ' +
  'lady lagoon lake lamb lamp lantern lark lasso laundry lava lawn lawyer leaf leather ledge leek lemon lens leopard ' +
  'letter lettuce library lid light lilac lily lime linen lion lip liquid lizard llama lobster lock locket lodge log loom ' +
  'lotus lumber lunch lynx machine magnet magpie maid mail mammal mango maple marble march margin market marsh mask mast ' +
  'match meadow meal medal melody melon member memory mermaid metal meteor midnight mile milk mill mineral mint mirror ' +
  'mist mitten model mole moment monkey month moon moose morning mosaic moss moth mother motor mountain mouse mouth mud ' +
  'muffin mule museum mushroom music mussel mustard napkin nature neck needle neighbor nephew nest nettle night noodle ' +
  'noon north nose novel nugget number nurse nut oak oasis oats ocean octopus office olive onion opal opera orange orbit ' +
  'orchard orchid organ ostrich otter outfit oval oven owl oyster paddle page painter palace palm pan pancake panda panel ' +
  'panther paper parade parcel parent park parrot parsley party pasta pastry path patio pattern peach peacock peanut pear ' +
  'pearl pebble pedal pelican pen penguin pepper perfume piano pickle picnic picture pie pig pigeon pillow pilot pine ' +
  'pipe pirate pizza planet plank plant plate plaza plow plum pocket poem poet point polar polish pond pony pool poplar ' +
  'poppy porch port postcard potato potter powder prairie prince prism puddle puffin pulley pump pumpkin puppet puppy ' +
  'purple purse puzzle pyramid quail quarry quartz queen quiet quill quilt quince rabbit raccoon radio radish raft rain ' +
  'rainbow raisin ranch raven razor recipe record reef reindeer ribbon rice rider ring ripple river road robe robin robot ' +
  'rock rocket roof room rope rose rowboat ruby rudder rug ruler runner rye saddle safari saffron sail sailor salad ' +
  'salmon salt sand sandal sandwich sapphire satin sauce saucer sausage savanna scale scarf school scissors scooter scout ' +
  'screen screw sculptor sea seal season seat seed shadow shark shawl sheep shelf shell shepherd ship shirt shoe shop ' +
  'shore shoulder shovel shower shrimp shrub sickle silk silver singer sister skate skeleton sketch ski skirt sky slate ' +
  'sled sleeve slipper slope smoke snail snake snow soap soccer sofa soil soldier song soup south spade spark sparrow ' +
  'spear spice spider spinach spiral sponge spoon spring sprout square squash squid squirrel stable stadium staff stage ' +
  'stair stamp star starfish statue steam steel stem step stone stool stork storm story stove strand straw stream street ' +
  'string studio sugar suit summer summit sun sunset surfer swallow swamp swan sweater swing sword table tailor tank tape ' +
  'target tavern taxi tea teacher team teapot temple tempo tennis tent terrace theater thimble thistle thorn thread ' +
  'throat throne thumb thunder ticket tide tiger tile timber tinsel toast toe tomato tongue tool tooth topaz torch ' +
  'tortoise toucan towel tower town tractor trail train tray treasure tree triangle trolley trophy trousers trout truck ' +
  'trumpet trunk tuba tulip tuna tunnel turban turkey turnip turtle twig twin uncle unicorn uniform valley vanilla vase ' +
  'vault velvet vest village vine vinegar violet violin visitor voice volcano vulture waffle wagon waist waiter wall ' +
  'wallet walnut walrus waltz warden wasp watch water wave wax weasel weather weaver wedge well west whale wheat wheel ' +
  'whisker whistle white widow willow wind window wing winter wizard wolf wombat wood wool word worker world wreath wren ' +
  'wrist writer yacht yard yarn year yeast yellow yogurt yolk zebra zephyr zigzag zinc zipper zone'
).split(' ');
