"""Parts of names by culture, in three pools that share no part.

Capital letters of names that are ordinary words or places are all that sets them apart from
those, and in chats and headlines not even that.
"""

from typing import NamedTuple


class Culture(NamedTuple):
    """Given names and family names of one culture, and how they are put together."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    families: tuple[str, ...]
    particles: tuple[str, ...] = ()  # that may stand before the family name
    family_first: bool = False
    initials: bool = False  # whether middle initials, suffixes and nicknames are usual


def _culture(
    men: str,
    women: str,
    families: str,
    particles: tuple[str, ...] = (),
    *,
    family_first: bool = False,
    initials: bool = False,
) -> Culture:
    return Culture(
        tuple(men.split()),
        tuple(women.split()),
        tuple(families.split()),
        particles,
        family_first,
        initials,
    )


TRAIN_CULTURES: tuple[Culture, ...] = (
    _culture("Aaron Colin Derek Howard Nigel Stuart", "Alison Beth Carol Heather Judith Sally",
             "Ashworth Barlow Crowther Dunstan Eastwick Fairley Hargrove Loxley Pemberton",
             initials=True),
    _culture("Mark Frank Bill Grant Drew Jack", "Rose Grace Hope Dawn Joy Violet",
             "Young Banks Stone Hill Rice Marsh Cook Bell Wood King Day Love", initials=True),
    _culture("Lincoln Chester Kent Clyde", "Paris Chelsea Georgia Savannah",
             "London Holland York Lancaster Boston Wells Preston Burton", initials=True),
    _culture("Cormac Declan Fergus Lachlan", "Aoife Fiona Niamh Siobhán",
             "O'Hanlon O'Leary McCrae McNulty Gallagher Ó'Briain MacLeish", initials=True),
    _culture("Álvaro Esteban Joaquín Ramón Íñigo", "Beatriz Inés Lucía Rocío Ximena",
             "Ibáñez Cárdenas Fuentes Montoya Quiñones Salcedo Vega", ("de la", "del", "de")),
    _culture("Caetano Duarte João Nuno", "Benedita Conceição Luísa Sílvia",
             "Araújo Brandão Figueira Magalhães Queirós Seixas", ("da", "dos", "de")),
    _culture("Aurélien Benoît Jean-Luc Thierry", "Anne-Sophie Clémence Françoise Hélène",
             "Beaumont Chastel Delacour Lefèvre Montagnier Rousselot", ("de", "de la")),
    _culture("Dieter Jürgen Karl-Heinz Rüdiger", "Brünhild Gisela Käthe Ulrike",
             "Aßmann Böhringer Dörfler Grünwald Kästner Weißhaupt", ("von", "von der")),
    _culture("Bastiaan Joost Maarten Wouter", "Annelies Femke Hanneke Liesbeth",
             "Berg Dijkhuis Heuvel Laan Poel Steen", ("van der", "van den", "van", "ter")),
    _culture("Bjørn Håkon Sören Torvald", "Åse Gudrun Ingrid Sigríður",
             "Bjerregård Ekström Halvorsen Kjærgaard Lindqvist Nygård Sæther"),
    _culture("Bogdan Grzegorz Mirosław Zbigniew", "Agnieszka Bożena Grażyna Małgorzata",
             "Brzeziński Dąbrowska Kowalczyk Pawłowski Wójcik Żeromski"),
    _culture("Bohumil Jiří Luděk Václav", "Alžběta Božena Jitka Zdeňka",
             "Dvořáček Hruška Krejčí Novotná Procházka Šimek"),
    _culture("Árpád Gergő Lőrinc Zoltán", "Borbála Erzsébet Ildikó Zsófia",
             "Halász Kőrösi Nemeskéri Szilágyi Tóthné Vörös", family_first=True),
    _culture("Cem Hakan Özgür Serkan", "Ayşe Elif Gülşen Zeynep",
             "Aydın Çelikoğlu Demirtaş Karaca Özdemir Yıldız"),
    _culture("Dragan Goran Nebojša Žarko", "Jelena Mirjana Snežana Vesna",
             "Bašić Đorđević Kovačić Milošev Perišić Vuković"),
    _culture("Đức Hùng Minh Quang", "Hạnh Lan Ngọc Thảo",
             "Bùi Đặng Nguyễn Phạm Trần", family_first=True),
    _culture("Guowei Jianhua Zhiming", "Lihua Meiling Xiaoyan",
             "Chen Guo Huang Lin Qiu Zheng", family_first=True),
    _culture("Hiroshi Kenta Takumi", "Haruka Keiko Yuriko",
             "Aoyama Fujimoto Hoshino Kurosaki Matsunaga Tanabe"),
    _culture("Ji-hoon Min-jae Sung-ho", "Eun-ji Hye-jin Soo-yeon",
             "Bae Gwon Hwang Noh Seo", family_first=True),
    _culture("Anil Harish Rajesh Venkat", "Deepa Kavitha Lakshmi Sunita",
             "Banerjee Chaudhary Iyer Mukherjee Reddy Subramanian", initials=True),
    _culture("Faisal Khalid Mahmoud Tariq", "Amina Layla Nadia Zahra",
             "al-Harbi Barakat Haddad al-Khatib Mansour Saleh", ("bin", "Abu")),
    _culture("Babatunde Chinedu Kwame Olumide", "Adaeze Folake Ngozi Yewande",
             "Adeyemi Boateng Eze Nwosu Okonkwo Ogunbanjo"),
    _culture("Keoni Manaia Tama", "Leilani Moana Sefina", "Faleolo Kealoha Ngata Tuilagi"),
)  # fmt: skip
"""The parts that training shows, and the known wordings of the other splits."""

VALIDATION_CULTURES: tuple[Culture, ...] = (
    _culture("Giles Rupert Trevor", "Daphne Muriel Wendy", "Thackwray Ormerod Whitcombe",
             initials=True),
    _culture("Rusty Heath Earl", "Iris Autumn Penny", "Bishop Dale Fox Winter Noble",
             initials=True),
    _culture("Florian Egon", "Käte Traudl", "Schönleber Übelacker", ("von", "zu")),
    _culture("Sjoerd Teun", "Marijke Tineke", "Wijk Zande", ("van de", "van")),
    _culture("Eusebio Gonzalo", "Maite Pilar", "Argüello Zubizarreta", ("de los",)),
    _culture("Radu Mircea", "Ileana Ruxandra", "Ciobanu Țepeș Văcărescu"),
    _culture("Aleksi Väinö", "Päivi Tuulikki", "Hämäläinen Mäkelä"),
    _culture("Naveen Suresh", "Jyoti Rekha", "Deshpande Pillai", initials=True),
    _culture("Kofi Sipho", "Abena Thandiwe", "Asante Dlamini"),
    _culture("Weijun Haoran", "Yulan Xiuying", "Song Tang", family_first=True),
)  # fmt: skip
"""The parts that validation alone shows."""

TEST_CULTURES: tuple[Culture, ...] = (
    _culture("Barnaby Leopold Quentin Rodney", "Cordelia Harriet Prudence Winifred",
             "Blenkinsop Cavendish Entwistle Holroyd Sotheby Tregarthen", initials=True),
    _culture("Chase Miles Rob Art Guy", "Faith Olive Melody Amber Sunny",
             "Frost Brooks Hunter Cash Church Glass Savage Pope Summer Law", initials=True),
    _culture("Austin Devon Jordan", "Florence Sydney Vienna Asia",
             "Berlin Cleveland Norfolk Hastings Bath Washington", initials=True),
    _culture("Brendan Eoghan Ruaidhrí", "Caoimhe Gráinne Mhairi",
             "O'Sullivan O'Toole McGillivray MacAskill D'Arcy", initials=True),
    _culture("Baltasar Gaizka Nicolás", "Begoña Itziar Montserrat",
             "Etxeberría Ordóñez Peñalver Úbeda Yáñez", ("de las", "de la", "y")),
    _culture("Gonçalo Tomé", "Assunção Inácia", "Carvalhais Gusmão Távora", ("do", "das")),
    _culture("Loïc Marc-Antoine Yves", "Gaëlle Marie-Noëlle Solène",
             "Kergoat Lemaître Poincelot Vauquelin", ("du", "des")),
    _culture("Götz Hans-Jörg Lothar", "Dörte Roswitha Wiebke",
             "Füssl Hölzenbein Rößler Schäuffele", ("zu", "vom", "von und zu")),
    _culture("Gijs Ruud Thijs", "Geertje Saskia Willemijn",
             "Broek Horst Meulen Velde", ("van 't", "op den", "van der", "de")),
    _culture("Eiríkur Øyvind Tycho", "Ragnhild Þóra Solveig",
             "Brøgger Guðmundsson Hjärne Østergaard Þórsdóttir"),
    _culture("Jędrzej Świętosław", "Elżbieta Żaneta", "Gżegżółka Mścisz Szczęsny Zajączek"),
    _culture("Ctirad Řehoř", "Květa Ľubica", "Ďurica Hlaváč Řezníček Vaňková"),
    _culture("Lehel Győző", "Gyöngyi Tünde", "Bánffy Gyulai Széll", family_first=True),
    _culture("Barış Tolga", "Nilüfer Şebnem", "Gökçe Şahinler Uğurlu"),
    _culture("Boško Zvonimir", "Ljubica Željka", "Crnčević Ljubišić Šimunović"),
    _culture("Phước Tuấn", "Diễm Quỳnh", "Đỗ Huỳnh Võ", family_first=True),
    _culture("Zhaoyang Peng", "Ruoxi Qing", "Ouyang Xie Zhuang", family_first=True),
    _culture("Daisuke Ryōta", "Ayumi Shizuka", "Ichinose Nishigaki Ōkubo"),
    _culture("Dong-wook Tae-yang", "Bo-ra Yeon-hee", "Chae Pyo Yang", family_first=True),
    _culture("Balaji Hemant", "Gayatri Vasudha", "Ghoshal Jayaraman Tendulwar", initials=True),
    _culture("Idris Yusuf", "Farida Samira", "al-Otaibi el-Masri Nasrallah", ("ibn", "Abd")),
    _culture("Tewodros Ekow Ayodele", "Hirut Nomvula Zainab", "Bekele Mensah-Bonsu Soyinwa"),
)  # fmt: skip
"""The parts that test alone shows."""
