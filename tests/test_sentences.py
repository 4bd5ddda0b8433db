import pytest

from framing.sentences import sentences

ONE = [
    "Dr Lim met Mr. Tan on Jan. 6 in Washington, D.C., before noon.",
    "The U.S. envoy paid RM21.2 billion (US$4.92 billion).",
    "He is accompanied by his wife Dr Wan Azizah, and J. R. Smith.",
    "“Why now?” he asked.",
    "The rate fell by 2.5 per cent... and rose again.",
    "See e.g. Fig. 3 of the report.",
    "Theodorus (c. 314) was a monk.",
    "1. The two sides met.",
    '"Parallel stairways [...]" (Tan 55).',
    "He met Mohd. Ali, Hj. Abu, Md. Noor and Abd. Rahman of Acme Sdn. Bhd. and PT. Astra in Jl. Sudirman and Jln. Ampang.",
    "Atty. Cruz, Asst. Secretary Lim of Ste. Marie, Drs. Tan and Tn. Abu paid approx. RM50.",
    "It ended at 11 a.m. Monday, at 3 p.m. GMT and at 4 p.m. Jan. 5, or 5 p.m. Eastern, 6 p.m. - as agreed.",
    "He went . . . and left the U.S.Army for example.Com and www.example.Org/In.Html or Prof.Tan in report.Pdf.",
    "It was version 2.3 of fig.4 and St.Petersburg.",
    "Gen. Tan and Gov. Lim met on Sat. 5 May under art. 7 and no. 3.",
    "The U.S. Trade Council, Acme Inc. Shares Trust and D.C. Police Chief Tan met on U.S. Sales of rope.",
    "The vote is at 8 p.m. Malaysia time, at 9 A.M. West Africa Time and at 10 p.m. local time.",
    "Maj.-Gen. Tan, Brig.-Gen. Abu (Ret.) and Lt.-Col. Lim (Rtd.) saw Pfc. Lee.",
    "It costs Rp. 15.000 or RM. 500, incl. Tax and excl. Post, as paras. 5 and arts. 7 say (Tan et al. 2020, Lim et al. (2021)).",
    "Pn. Siti, Hjh. Mas, Ir. Tan, Ts. Lim, Sdr. Abu and Mdm. Ong live in Kg. Baru, Sg. Besi, Tg. Malim and Tmn. Melati.",
    "The plan — was it ever one? — failed, and at last! – it ended.",
    "He sold Whoopee! Inc. and Hurrah! Brands.",
    "It was clause 1.The one of v1.2.10.Beta and (a).The other.",
]
TWO = [
    ("It met the U.S. The envoy left.", 2),
    ("“It rained.” He left.", 2),
    ("It ended at 11 a.m. Police made no arrests.", 2),
    ("It ended in 2024.¹ It was over (see the note).3 It was late.^1 It rained.[a] It stopped.”² He left.", 6),
    ("The pact was signed.It was renewed.He left.“It rained.”She left.", 5),
    ("He said “no.”She left the hall.¹It was signed?[2]Nobody did.", 4),
    ("He went . . . The rest stayed. . . . They sang.", 3),
    ("Really? Yes! Well… No.", 4),
    ("It ended at 3 p.m. The hall emptied.", 2),
    ("The answer was no. The talks ended.", 2),
    ("The march ended. [17] [3] The police left. [citation needed]", 2),
    ("1) The first item 2) The second item", 2),
    ("a. The first item. b. The second item. c. The last.", 3),
    ("They sold rope, twine, etc. Nobody came.", 2),
    ("She was taller than I. He agreed. J. K. Tan left.", 3),
    ("The yield rose by 5.6. Nobody knew. eBay grew.", 3),
    ("It fell [...] The rest followed.", 2),
    ("Both sides discussed culture and the arts. They agreed.", 2),
    ("The envoy sat. Malaysia replied.", 2),
    ("They met under the sun. Ministers smiled.", 2),
    ("The target is 10. The rest is talk.", 2),
    ("The firm is Acme Inc. It sells rope.", 2),
    ("Zeile eins.\r\nZeile zwei.", 2),
    ("He sold Acme Inc. Shares fell. It hurt Acme Sdn. Bhd. Profit halved. He left the U.S. Trade, however, grew.", 6),
    ("It ended at 8 p.m. This time it rained. It began at 9 a.m. Any time would do.", 4),
    ("It rose by 5 sen. The ringgit fell. Sen. Tan left for Washington, D.C. Police stood by.", 4),
    ("One.\u200b Two.\u200e Three.\u200d Four.\ufeff Five.\u00ad Six.\u200bSeven.", 7),
    ("It rose 3%.The firm grew in 2019.The rest (all).They paid RM25.It cost “more”.She left.", 6),
    ("It **ended.** Then _it rained._ Nobody came.", 3),
    ("He lives in Upper St. The house in St. James Road is old.", 2),
    ("Was it? — He knew. “Whoopee!” The firm fell.", 4),
    ("雨が降った。止んだ！本当？はい。", 4),
    ("هل انتهى؟ نعم. لا؟ ربما.", 4),
    ("He studied the arts. Nine came. It weighs 9 kg. The rest is air.", 4),
    ("Non\u00a0breaking space. Next\u200b one 🙂. Last.", 3),
]


@pytest.mark.parametrize("text", ONE)
def test_one_sentence(text):
    assert [text[s:e] for s, e, _ in sentences(text)] == [text]


@pytest.mark.parametrize(("text", "n"), TWO)
def test_more_sentences(text, n):
    assert len(sentences(text)) == n


def test_every_letter_is_in_exactly_one_sentence():
    text = "A b. C d!\n\n“E f” g. — h (i). ... j"
    covered = [i for s, e, _ in sentences(text) for i in range(s, e)]
    assert len(covered) == len(set(covered))
    assert {i for i, c in enumerate(text) if c.isalnum()} <= set(covered)


def test_long_runs_of_marks_cost_linear_time():
    assert sentences("." * 300_000 + "a") == [(0, 300_001, 0)]


def test_a_list_may_run_on_behind_bullets():
    text = "• 9. They met twice • 10. They signed it"
    assert [text[s:e] for s, e, _ in sentences(text)] == ["• 9. They met twice", "• 10. They signed it"]


def test_marks_that_nobody_sees_behind_a_full_stop_finish_a_line():
    text = "It rained.\u200b\nhe left.\ufeff\nIt ended.**\nNobody came."
    assert [number for _, _, number in sentences(text)] == [0, 1, 2, 3]
